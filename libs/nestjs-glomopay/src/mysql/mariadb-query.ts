import { callIn } from '../tracking/store/sql/connections/emitter.js';
import type { ClientTraits } from '../tracking/store/sql/libraries/client-traits.js';
import { BEGINS_NEXT, endClient } from './connections.js';
import type { Asked } from './held-connection.js';
import { MariadbClients } from './mariadb-clients.js';
import { answerOf, type MysqlAnswer, type MysqlQuery } from './mysql-adapter.js';

/** A statement, with the settings of a pool that would change what it gives put as they are by default. */
export interface PlainMariadbStatement {
  readonly sql: string;
  readonly rowsAsArray: false;
  readonly nestTables: false;
  readonly metaAsArray: false;
  readonly typeCast: <T>(field: unknown, byDefault: () => T) => T;
}

/** Runs statements on a connection of `mariadb` that speaks by promises. */
export function queryMariadb(connection: unknown): MysqlQuery {
  return async (sql) => {
    const statement: PlainMariadbStatement = {
      sql,
      rowsAsArray: false,
      nestTables: false,
      metaAsArray: false,
      typeCast: (_field, byDefault) => byDefault(),
    };
    return answerOf(await callIn(connection, 'query', statement));
  };
}

/** How the connections of `mariadb` are spoken to that another library has made. */
export function mariadbClients(): ClientTraits<Asked, MysqlAnswer> {
  const clients = new MariadbClients();
  return {
    database: 'MySQL or MariaDB',
    queryOf: queryMariadb,
    asked: (text) => [text],
    endClient,
    emitterOf: (connection) => clients.of(connection),
    beforeBegin: BEGINS_NEXT,
  };
}
