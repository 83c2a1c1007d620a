import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import type { ConnectionSource } from './connections.js';
import type { HeldConnection } from './held-connection.js';
import { callIn, isEmitter, memberOf } from '../tracking/store/sql/connections/emitter.js';
import { endClient } from './pg-internals.js';
import { poolEvents } from './pool-events.js';
import { queryOfClient } from './raw-client.js';
import { SteppedTransaction } from '../tracking/store/sql/connections/stepped-transaction.js';

/** A transaction of Knex, as far as it is used here. */
export interface KnexTransaction {
  isCompleted(): boolean;
}

/** A Knex of Postgres, as far as it is used here. */
export interface KnexInstance<Tx extends KnexTransaction> {
  readonly client: unknown;
  transaction(
    work: (tx: Tx) => Promise<void>,
    config: { isolationLevel: 'read committed'; connection: unknown },
  ): Promise<void>;
}

/** The clients of Knex's pool, one by one, with Knex's transaction on whichever is held. */
export class KnexSource<Tx extends KnexTransaction> implements ConnectionSource<Tx> {
  readonly #user: string;
  readonly #knex: () => KnexInstance<Tx>;

  /** @param user Whose Knex it is, for the message when it is none of Postgres. */
  constructor(user: string, knex: () => KnexInstance<Tx>) {
    this.#user = user;
    this.#knex = knex;
  }

  pool(): unknown {
    const { client } = this.#knex();
    // Since 3.3 a host can give Knex a pool of `pg`.
    const given = memberOf(memberOf(client, 'config'), 'connectionPool');
    if (isEmitter(given)) return given;
    const pool = memberOf(client, 'pool');
    if (typeof pool !== 'object' || pool === null) return undefined;
    return poolEvents(pool, (hear) => {
      callIn(pool, 'on', 'createSuccess', (_event: unknown, made: unknown) => hear(made));
    });
  }

  async take(): Promise<HeldConnection<Tx>> {
    const knex = this.#knex();
    this.#assertPostgres(knex);
    const client = await callIn(knex.client, 'acquireConnection');
    const query = queryOfClient(client);
    let transaction: SteppedTransaction<Tx> | undefined;
    return {
      client,
      query,
      async begin() {
        transaction = new SteppedTransaction((work) =>
          knex.transaction(work, { isolationLevel: 'read committed', connection: client }),
        );
        const tx = await transaction.begun;
        // Knex goes on where its BEGIN has failed.
        if (tx.isCompleted()) throw new Error('Knex could not begin a transaction');
        return tx;
      },
      async commit() {
        // Knex does not tell a COMMIT that Postgres turned into a ROLLBACK; this fails then.
        await query('SELECT 1', []);
        await transaction?.commit();
      },
      async rollback() {
        await transaction?.rollback();
        // Knex takes a ROLLBACK for done that is not answered in 5 seconds; this waits behind it.
        await query('SELECT 1', []);
      },
      async giveBack(failure) {
        if (failure !== undefined) discard(client, failure);
        await callIn(knex.client, 'releaseConnection', client);
      },
    };
  }

  #assertPostgres({ client }: KnexInstance<Tx>): void {
    const driver = memberOf(client, 'driverName');
    if (driver === 'pg' || driver === 'pgnative') return;
    throw new GlomopayConfigurationError([
      `${this.#user}: it keeps payments in Postgres through the driver pg; this one has ${String(driver)}`,
    ]);
  }
}

/** Knex has no public way to throw a client away: its pool asks for this mark before it gives one out. */
function discard(client: unknown, failure: Error): void {
  Reflect.set(Object(client), '__knex__disposed', failure);
  endClient(client);
}
