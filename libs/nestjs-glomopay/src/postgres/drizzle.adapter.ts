import { rowsOf, type PostgresAdapter, type PostgresQuery } from './postgres-adapter.js';

/** The `sql` tag of `drizzle-orm`. */
export interface DrizzleSql<Statement> {
  (strings: TemplateStringsArray, ...params: (string | number)[]): Statement;
}

/** Whatever runs statements of Drizzle. */
export interface DrizzleRunner<Statement> {
  execute(statement: Statement): PromiseLike<unknown>;
}

/** A Postgres database of Drizzle. */
export interface DrizzleDatabase<
  Statement,
  Tx extends DrizzleRunner<Statement>,
> extends DrizzleRunner<Statement> {
  transaction<T>(
    work: (tx: Tx) => Promise<T>,
    config: { isolationLevel: 'read committed' },
  ): Promise<T>;
}

/**
 * Keeps tracked payments through a Postgres database of Drizzle. Outcome handlers get Drizzle's
 * transaction object. With `drizzle-kit push`, exclude our tables: `tablesFilter: ['!glomopay_*']`.
 *
 * @param sql The `sql` tag of your `drizzle-orm`; this library does not load one of its own.
 */
export function drizzleAdapter<Statement, Tx extends DrizzleRunner<Statement>>(
  db: DrizzleDatabase<Statement, Tx>,
  sql: DrizzleSql<Statement>,
): PostgresAdapter<Tx> {
  const queryOf =
    (runner: DrizzleRunner<Statement>): PostgresQuery =>
    async (text, params) =>
      rowsOf(await runner.execute(statementOf(sql, text, params)));
  return {
    query: queryOf(db),
    transaction: (work) =>
      db.transaction(
        async (tx) => {
          const query = queryOf(tx);
          const result = await work(tx, query);
          // Drizzle does not tell a COMMIT that Postgres turned into a ROLLBACK; this fails then.
          await query('SELECT 1', []);
          return result;
        },
        { isolationLevel: 'read committed' },
      ),
  };
}

/** `… $2 … $1` as the tag sees it: the texts between, and the values in the order they occur. */
function statementOf<Statement>(
  sql: DrizzleSql<Statement>,
  text: string,
  params: readonly (string | number)[],
): Statement {
  const texts = text.split(/\$\d+/);
  const values = [...text.matchAll(/\$(\d+)/g)].map(([, number]) => {
    const value = params[Number(number) - 1];
    if (value === undefined) throw new Error(`The statement has no parameter ${number}`);
    return value;
  });
  return sql(Object.assign(texts, { raw: texts }), ...values);
}
