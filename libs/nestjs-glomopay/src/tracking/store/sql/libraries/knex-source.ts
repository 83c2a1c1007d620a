import { GlomopayConfigurationError } from '../../../../errors/configuration.error.js';
import type { ConnectionSource } from '../connections/connections.js';
import { callIn, isEmitter, memberOf } from '../connections/emitter.js';
import type { HeldConnection } from '../connections/held-connection.js';
import { SteppedTransaction } from '../connections/stepped-transaction.js';
import { runTrait, type ClientTraits } from './client-traits.js';
import { poolEvents } from './pool-events.js';

/** A transaction of Knex, as far as it is used here. */
export interface KnexTransaction {
  isCompleted(): boolean;
}

/** A Knex, as far as it is used here. */
export interface KnexInstance<Tx extends KnexTransaction> {
  readonly client: unknown;
  transaction(
    work: (tx: Tx) => Promise<void>,
    config: { isolationLevel?: 'read committed'; connection: unknown },
  ): Promise<void>;
}

/** Which drivers of Knex an adapter speaks to. */
export interface KnexTraits<Asked extends readonly unknown[], Answer> extends ClientTraits<
  Asked,
  Answer
> {
  /** As Knex names them. */
  readonly drivers: readonly string[];
}

/** The clients of Knex's pool, one by one, with Knex's transaction on whichever is held. */
export class KnexSource<
  Tx extends KnexTransaction,
  Asked extends readonly unknown[],
  Answer,
> implements ConnectionSource<Tx, Asked, Answer> {
  readonly #user: string;
  readonly #knex: () => KnexInstance<Tx>;
  readonly #traits: KnexTraits<Asked, Answer>;

  /** @param user Whose Knex it is, for the message when it is one of another database. */
  constructor(user: string, knex: () => KnexInstance<Tx>, traits: KnexTraits<Asked, Answer>) {
    this.#user = user;
    this.#knex = knex;
    this.#traits = traits;
  }

  pool(): unknown {
    const { client } = this.#knex();
    // Since 3.3 a host can give Knex a pool of the driver; that of promises has the other one inside.
    const given = memberOf(memberOf(client, 'config'), 'connectionPool');
    if (isEmitter(given)) return memberOf(given, 'pool') ?? given;
    const pool = memberOf(client, 'pool');
    if (typeof pool !== 'object' || pool === null) return undefined;
    return poolEvents(pool, (hear) => {
      callIn(pool, 'on', 'createSuccess', (_event: unknown, made: unknown) => hear(made));
    });
  }

  async take(): Promise<HeldConnection<Tx, Asked, Answer>> {
    const traits = this.#traits;
    const knex = this.#knex();
    this.#assertDriver(knex);
    const client = await callIn(knex.client, 'acquireConnection');
    const query = traits.queryOf(client);
    const level =
      traits.beforeBegin === undefined ? { isolationLevel: 'read committed' as const } : {};
    let transaction: SteppedTransaction<Tx> | undefined;
    return {
      client,
      query,
      async begin() {
        await runTrait(traits, query, traits.beforeBegin);
        transaction = new SteppedTransaction((work) =>
          knex.transaction(work, { ...level, connection: client }),
        );
        const tx = await transaction.begun;
        // Knex goes on where its BEGIN has failed.
        if (tx.isCompleted()) throw new Error('Knex could not begin a transaction');
        return tx;
      },
      async commit() {
        await runTrait(traits, query, traits.beforeCommit);
        await transaction?.commit();
      },
      async rollback() {
        await transaction?.rollback();
        // Knex takes a ROLLBACK for done that is not answered in 5 seconds; this waits behind it.
        await runTrait(traits, query, 'SELECT 1');
      },
      async giveBack(failure) {
        if (failure !== undefined) {
          // Knex has no public way to throw a client away: its pool asks for this mark before it gives one out.
          Reflect.set(Object(client), '__knex__disposed', failure);
          traits.endClient(client);
        }
        await callIn(knex.client, 'releaseConnection', client);
      },
    };
  }

  #assertDriver({ client }: KnexInstance<Tx>): void {
    const { database, drivers } = this.#traits;
    const driver = memberOf(client, 'driverName');
    if (typeof driver === 'string' && drivers.includes(driver)) return;
    throw new GlomopayConfigurationError([
      `${this.#user}: it keeps payments in ${database} through the driver ${drivers[0]}; this one has ${String(driver)}`,
    ]);
  }
}
