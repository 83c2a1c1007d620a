import type { Row } from '../tracking/store/row.js';
import { callbackAdapter } from './callback-library.js';
import { memberOf } from '../tracking/store/sql/connections/emitter.js';
import { rowsOf, type PostgresAdapter, type PostgresQuery } from './postgres-adapter.js';
import { guarded } from './postgres-js-transaction.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';

/** Whatever runs statements of postgres.js. */
export interface PostgresJsRunner {
  unsafe(
    text: string,
    params: (string | number)[],
    options: { prepare: boolean },
  ): PromiseLike<unknown>;
}

/** The `sql` of postgres.js. */
export interface PostgresJsSql<Tx extends PostgresJsRunner> extends PostgresJsRunner {
  readonly options: object;
  begin(options: string, work: (tx: Tx) => Promise<void>): Promise<unknown>;
}

const QUIET = `SET LOCAL client_min_messages = 'warning'`;

/**
 * Keeps tracked payments through the `sql` of postgres.js (`postgres(url)`), which stays yours to
 * end. Outcome handlers get its `TransactionSql`, which refuses statements once its connection is
 * gone: by itself, postgres.js would run them in another session, outside of any transaction, or end
 * the process.
 *
 * Statements are prepared unless you made it with `prepare: false`. A connection that goes silent is
 * not waited for; to replace it is the business of postgres.js, which shows nothing of it.
 *
 * @example
 * new PostgresTrackingStore(postgresJsAdapter(sql));
 */
export function postgresJsAdapter<Tx extends PostgresJsRunner>(
  sql: PostgresJsSql<Tx>,
): PostgresAdapter<Tx> {
  return postgresJsConnections(sql);
}

/** The same with other time limits, for tests. */
export function postgresJsConnections<Tx extends PostgresJsRunner>(
  sql: PostgresJsSql<Tx>,
  limits?: TimeLimits,
): PostgresAdapter<Tx> {
  const renamed = renaming(sql.options);
  const library = {
    pool: undefined,
    query: queryOf(sql, renamed),
    async transaction(work: (tx: Tx) => Promise<void>) {
      await sql.begin('isolation level read committed', work);
    },
    queryIn: (tx: Tx) => queryOf(tx, renamed),
    guard: guarded,
  };
  const { query, transaction } = callbackAdapter<Tx>(library, limits);
  return {
    query,
    transaction: (work, options = {}) =>
      transaction(async (tx, inside) => {
        // A table that is there already is a notice, which postgres.js prints unless it is told otherwise.
        if (options.patient === true) await inside(QUIET, []);
        return work(tx, inside);
      }, options),
  };
}

function queryOf(runner: PostgresJsRunner, renamed: (row: Row) => Row): PostgresQuery {
  return async (text, params) => {
    const rows = rowsOf(await runner.unsafe(text, [...params], { prepare: true }));
    return rows.map(renamed);
  };
}

/** A host may have columns renamed (`transform: postgres.camel`), also those of our statements. */
function renaming(options: object): (row: Row) => Row {
  const rename = memberOf(memberOf(memberOf(options, 'transform'), 'column'), 'from');
  if (typeof rename !== 'function') return (row) => row;
  return (row) =>
    new Proxy(row, {
      get: (target, column): unknown =>
        Reflect.get(target, typeof column === 'string' ? String(rename(column)) : column),
    });
}
