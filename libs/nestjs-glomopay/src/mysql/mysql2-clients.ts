import { callIn } from '../tracking/store/sql/connections/emitter.js';
import type { KnexTraits } from '../tracking/store/sql/libraries/knex-source.js';
import { BEGINS_NEXT, endClient } from './connections.js';
import type { Asked } from './held-connection.js';
import { answerOf, type MysqlAnswer, type MysqlQuery } from './mysql-adapter.js';

/** A statement, with the settings of a pool that would change what it gives put as they are by default. */
export interface PlainStatement {
  readonly sql: string;
  readonly rowsAsArray: false;
  readonly nestTables: false;
  readonly typeCast: (field: unknown, byDefault: () => unknown) => unknown;
}

/** A function, since only such a one takes the place of the pool's. */
const PLAIN = {
  rowsAsArray: false,
  nestTables: false,
  typeCast: (_field: unknown, byDefault: () => unknown) => byDefault(),
} as const;

/** A statement for `mysql2`. */
export function plain(sql: string): PlainStatement {
  return { sql, ...PLAIN };
}

/** Runs statements on a client of `mysql2` that speaks by callbacks, as database libraries make them. */
function queryOf(client: unknown): MysqlQuery {
  return (sql) =>
    new Promise((resolve, reject) => {
      callIn(client, 'query', plain(sql), (failure: unknown, answer: unknown) => {
        if (failure) reject(failure);
        else resolve(answerOf(answer));
      });
    });
}

/** How the clients of `mysql2` are spoken to that another library has made. */
export const mysql2Clients: KnexTraits<Asked, MysqlAnswer> = {
  database: 'MySQL or MariaDB',
  drivers: ['mysql2'],
  queryOf,
  asked: (text) => [text],
  endClient,
  beforeBegin: BEGINS_NEXT,
};
