import { Connections } from './connections.js';
import { memberOf } from '../tracking/store/sql/connections/emitter.js';
import { endClient } from './pg-internals.js';
import { rowsOf, type PostgresAdapter, type PostgresQuery } from './postgres-adapter.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';

/** An entity manager, as in TypeORM. */
export interface TypeOrmManager {
  query(text: string, params?: unknown[]): Promise<unknown>;
}

/** A query runner, as in TypeORM. */
export interface TypeOrmQueryRunner<Manager extends TypeOrmManager> {
  readonly manager: Manager;
  connect(): Promise<unknown>;
  query(text: string, params?: unknown[]): Promise<unknown>;
  startTransaction(isolation: 'READ COMMITTED'): Promise<void>;
  commitTransaction(): Promise<void>;
  rollbackTransaction(): Promise<void>;
  release(): Promise<void>;
}

/** A data source, as in TypeORM. */
export interface TypeOrmDataSource<Manager extends TypeOrmManager> {
  createQueryRunner(mode?: 'master'): TypeOrmQueryRunner<Manager>;
}

/**
 * Keeps tracked payments through a TypeORM `DataSource` of Postgres, initialised and destroyed by
 * you. Outcome handlers get the `EntityManager` of the transaction.
 *
 * Every statement goes through a query runner of its own, so that it joins no transaction of yours,
 * also where `typeorm-transactional` lets the data source itself join them. With `replication`, all of
 * them go to the master: what is decided about money is never read from a replica.
 */
export function typeOrmAdapter<Manager extends TypeOrmManager>(
  dataSource: TypeOrmDataSource<Manager>,
): PostgresAdapter<Manager> {
  return typeOrmConnections(dataSource);
}

/** The same with other time limits, for tests. */
export function typeOrmConnections<Manager extends TypeOrmManager>(
  dataSource: TypeOrmDataSource<Manager>,
  limits?: TimeLimits,
): PostgresAdapter<Manager> {
  const source = {
    pool: () => memberOf(memberOf(dataSource, 'driver'), 'master'),
    async take() {
      const runner = dataSource.createQueryRunner('master');
      const client = await runner.connect();
      const query = queryOf(runner);
      return {
        client,
        query,
        async begin() {
          await runner.startTransaction('READ COMMITTED');
          return runner.manager;
        },
        async commit() {
          // TypeORM does not tell a COMMIT that Postgres turned into a ROLLBACK; this fails then.
          await query('SELECT 1', []);
          await runner.commitTransaction();
        },
        rollback: () => runner.rollbackTransaction(),
        // TypeORM's own release takes no failure; its pool throws away a client that is ended.
        async giveBack(failure: Error | undefined) {
          if (failure !== undefined) endClient(client);
          await runner.release();
        },
      };
    },
  };
  return new Connections<Manager>(source, limits);
}

function queryOf(runner: TypeOrmManager): PostgresQuery {
  return async (text, params) => rowsOf(await runner.query(text, [...params]));
}
