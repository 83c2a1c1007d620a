import { GlomopayConfigurationError } from '../../../../errors/configuration.error.js';
import type { ConnectionSource } from '../connections/connections.js';
import { memberOf } from '../connections/emitter.js';
import type { HeldConnection } from '../connections/held-connection.js';
import { runTrait, type ClientTraits } from './client-traits.js';
import { poolEvents } from './pool-events.js';

/** A transaction of Sequelize, as far as it is used here. */
export interface SequelizeTransaction {
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** How Sequelize 6 hands out connections. */
export interface SequelizeConnections {
  getConnection(options: { type: 'write'; useMaster: boolean }): Promise<object>;
  releaseConnection(connection: object): void;
  destroyConnection(connection: object): Promise<void>;
}

/** A Sequelize, as far as it is used here. */
export interface SequelizeInstance<Tx extends SequelizeTransaction> {
  readonly connectionManager: SequelizeConnections;
  getDialect(): string;
  addHook(hook: 'afterConnect', listener: (connection: unknown) => void): unknown;
  transaction(options?: { isolationLevel?: string }): Promise<Tx>;
}

/**
 * The connections of Sequelize's pool, one by one, with Sequelize's transaction on whichever is held.
 *
 * @param user Whose Sequelize it is, for the message when it is one of another database.
 * @param dialects How the clients of each dialect are spoken to; the first is the one to name.
 * @throws {GlomopayConfigurationError} the Sequelize speaks to another database.
 */
export function sequelizeSource<
  Tx extends SequelizeTransaction,
  Asked extends readonly unknown[],
  Answer,
>(
  user: string,
  sequelize: SequelizeInstance<Tx>,
  dialects: Readonly<Record<string, ClientTraits<Asked, Answer>>>,
): ConnectionSource<Tx, Asked, Answer> {
  const dialect = sequelize.getDialect();
  const traits = dialects[dialect];
  if (traits === undefined) throw wrongDialect(user, dialect, dialects);
  const manager = sequelize.connectionManager;
  const emitterOf = (connection: unknown): unknown =>
    typeof connection === 'object' && connection !== null
      ? (traits.emitterOf?.(connection) ?? connection)
      : connection;
  return {
    pool: () =>
      poolEvents(manager, (hear) => {
        sequelize.addHook('afterConnect', (connection) => hear(emitterOf(connection)));
      }),
    async take() {
      // A replica could not write, and would be late to read.
      const connection = await manager.getConnection({ type: 'write', useMaster: true });
      return { ...held(sequelize, connection, traits), client: emitterOf(connection) };
    },
  };
}

function held<Tx extends SequelizeTransaction, Asked extends readonly unknown[], Answer>(
  sequelize: SequelizeInstance<Tx>,
  connection: object,
  traits: ClientTraits<Asked, Answer>,
): HeldConnection<Tx, Asked, Answer> {
  const manager = sequelize.connectionManager;
  const query = traits.queryOf(connection);
  let transaction: Tx | undefined;
  return {
    client: connection,
    query,
    async begin() {
      await runTrait(traits, query, traits.beforeBegin);
      const own = sequelizeOn(sequelize, manager, connection);
      transaction = await own.transaction({ isolationLevel: 'READ COMMITTED' });
      return transaction;
    },
    async commit() {
      await runTrait(traits, query, traits.beforeCommit);
      await transaction?.commit();
    },
    async rollback() {
      // On a deadlock of MySQL, Sequelize ends the transaction by itself, and refuses to end it again.
      if (memberOf(transaction, 'finished') === 'rollback')
        await runTrait(traits, query, 'ROLLBACK');
      else await transaction?.rollback();
    },
    async giveBack(failure) {
      if (failure === undefined) return manager.releaseConnection(connection);
      traits.endClient(connection);
      await manager.destroyConnection(connection).catch(() => undefined);
    },
  };
}

/**
 * Sequelize takes a connection for a transaction by itself; so this one gets ours. Whatever else is asked
 * for through it comes from the pool.
 */
function sequelizeOn<Instance extends object>(
  sequelize: Instance,
  manager: SequelizeConnections,
  client: object,
): Instance {
  let isTaken = false;
  const own: SequelizeConnections = {
    async getConnection(options) {
      if (isTaken) return manager.getConnection(options);
      isTaken = true;
      return client;
    },
    releaseConnection: (connection) =>
      connection === client ? undefined : manager.releaseConnection(connection),
    destroyConnection: async (connection) =>
      connection === client ? undefined : manager.destroyConnection(connection),
  };
  const connectionManager = Object.assign(Object.create(manager), own);
  return Object.create(sequelize, { connectionManager: { value: connectionManager } });
}

function wrongDialect(
  user: string,
  dialect: string,
  dialects: Readonly<Record<string, { readonly database: string }>>,
): GlomopayConfigurationError {
  const [first] = Object.values(dialects);
  return new GlomopayConfigurationError([
    `${user}: it keeps payments in ${first?.database}; this Sequelize has the dialect ${dialect}`,
  ]);
}
