import { rowsOf, type PostgresAdapter, type PostgresQuery } from './postgres-adapter.js';

/** An entity manager, as in TypeORM. */
export interface TypeOrmManager {
  query(text: string, params?: unknown[]): Promise<unknown>;
}

/** A data source, as in TypeORM. */
export interface TypeOrmDataSource<Manager extends TypeOrmManager> {
  query(text: string, params?: unknown[]): Promise<unknown>;
  transaction<T>(isolation: 'READ COMMITTED', work: (manager: Manager) => Promise<T>): Promise<T>;
}

/**
 * Keeps tracked payments through a TypeORM `DataSource` of Postgres, initialised and destroyed by
 * you. Outcome handlers get the `EntityManager` of the transaction.
 */
export function typeOrmAdapter<Manager extends TypeOrmManager>(
  dataSource: TypeOrmDataSource<Manager>,
): PostgresAdapter<Manager> {
  return {
    query: queryOf(dataSource),
    transaction: (work) =>
      dataSource.transaction('READ COMMITTED', async (manager) => {
        const query = queryOf(manager);
        const result = await work(manager, query);
        // TypeORM does not tell a COMMIT that Postgres turned into a ROLLBACK; this fails then.
        await query('SELECT 1', []);
        return result;
      }),
  };
}

function queryOf(manager: TypeOrmManager): PostgresQuery {
  return async (text, params) => rowsOf(await manager.query(text, [...params]));
}
