import type { SqlQuery } from '../tracking/store/sql/sql.js';
import type { MysqlRun } from './mysql-sql.js';

/** Calls back only when there is anything to call back, which a look without a lock tells. */
export function recalled(run: MysqlRun, isDue: string): SqlQuery {
  return async (statement, params) => {
    if ((await run(isDue, [])).rows.length === 0) return [];
    return (await run(statement, params)).rows;
  };
}
