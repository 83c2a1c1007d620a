import { lend } from '../tracking/store/lend.js';
import type { Sql, SqlQuery, SqlTransaction } from '../tracking/store/sql/sql.js';
import type { SqliteConnections } from './sqlite-connections.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** How SQLite runs the statements of a store. */
export class SqliteSql<Database extends SqliteDatabase> implements Sql<Database> {
  readonly connections: SqliteConnections<Database>;

  constructor(connections: SqliteConnections<Database>) {
    this.connections = connections;
  }

  readonly read: SqlQuery = (statement, params) =>
    this.connections.read((connection) => connection.rows(statement, ...params));

  readonly write: SqlQuery = (statement, params) =>
    this.connections.write((connection) => connection.rows(statement, ...params));

  transaction<T>(work: (transaction: SqlTransaction<Database>) => Promise<T>): Promise<T> {
    return this.connections.transaction((connection) =>
      work({
        query: async (statement, params) => connection.rows(statement, ...params),
        lend: (use) => lend(connection.database, use),
      }),
    );
  }
}
