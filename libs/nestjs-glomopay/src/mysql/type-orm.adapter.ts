import { memberOf } from '../tracking/store/sql/connections/emitter.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import { Connections, endClient } from './connections.js';
import { answerOf, type MysqlAdapter } from './mysql-adapter.js';

/** An entity manager, as in TypeORM. */
export interface TypeOrmMysqlManager {
  query(text: string): Promise<unknown>;
}

/** A query runner, as in TypeORM. */
export interface TypeOrmMysqlQueryRunner<Manager extends TypeOrmMysqlManager> {
  readonly manager: Manager;
  connect(): Promise<unknown>;
  query(text: string): Promise<unknown>;
  startTransaction(isolation: 'READ COMMITTED'): Promise<void>;
  commitTransaction(): Promise<void>;
  rollbackTransaction(): Promise<void>;
  release(): Promise<void>;
}

/** A data source, as in TypeORM. */
export interface TypeOrmMysqlDataSource<Manager extends TypeOrmMysqlManager> {
  createQueryRunner(): TypeOrmMysqlQueryRunner<Manager>;
}

/**
 * Keeps tracked payments through a TypeORM `DataSource` of the type `mysql` or `mariadb`, initialised and
 * destroyed by you. Outcome handlers get the `EntityManager` of the transaction.
 *
 * Every statement goes through a query runner of its own, so that it joins no transaction of yours,
 * also where `typeorm-transactional` lets the data source itself join them.
 */
export function typeOrmMysqlAdapter<Manager extends TypeOrmMysqlManager>(
  dataSource: TypeOrmMysqlDataSource<Manager>,
): MysqlAdapter<Manager> {
  return typeOrmMysqlConnections(dataSource);
}

/** The same with other time limits, for tests. */
export function typeOrmMysqlConnections<Manager extends TypeOrmMysqlManager>(
  dataSource: TypeOrmMysqlDataSource<Manager>,
  limits?: TimeLimits,
): MysqlAdapter<Manager> {
  const source = {
    pool: () => memberOf(memberOf(dataSource, 'driver'), 'pool'),
    async take() {
      const runner = dataSource.createQueryRunner();
      const client = await runner.connect();
      return {
        client,
        query: async (text: string) => answerOf(await runner.query(text)),
        async begin() {
          await runner.startTransaction('READ COMMITTED');
          return runner.manager;
        },
        commit: () => runner.commitTransaction(),
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
