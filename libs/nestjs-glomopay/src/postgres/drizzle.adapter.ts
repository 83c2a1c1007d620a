import { Connections } from './connections.js';
import type { HeldConnection } from './held-connection.js';
import { callIn, isEmitter, memberOf } from '../tracking/store/sql/connections/emitter.js';
import { rowsOf, type PostgresAdapter, type PostgresQuery } from './postgres-adapter.js';
import { SteppedTransaction } from '../tracking/store/sql/connections/stepped-transaction.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import { guarded } from './postgres-js-transaction.js';

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
 * Over a pool of `pg` (`drizzle-orm/node-postgres`), a connection that dies or goes silent is thrown
 * away. Over other drivers that is the driver's own business: Drizzle shows nothing of theirs. Over
 * postgres.js the transaction that handlers get refuses statements once its connection is gone, as
 * `postgresJsAdapter` says.
 *
 * @param sql The `sql` tag of your `drizzle-orm`; this library does not load one of its own.
 */
export function drizzleAdapter<Statement, Tx extends DrizzleRunner<Statement>>(
  db: DrizzleDatabase<Statement, Tx>,
  sql: DrizzleSql<Statement>,
): PostgresAdapter<Tx> {
  return drizzleConnections(db, sql);
}

/** The same with other time limits, for tests. */
export function drizzleConnections<Statement, Tx extends DrizzleRunner<Statement>>(
  db: DrizzleDatabase<Statement, Tx>,
  sql: DrizzleSql<Statement>,
  limits?: TimeLimits,
): PostgresAdapter<Tx> {
  const source = {
    pool: () => poolOf(db),
    async take() {
      const pool = poolOf(db);
      const session = memberOf(memberOf(db, '_'), 'session');
      if (pool === undefined || !isDatabase<Statement, Tx>(session)) return held(db, sql);
      const client = await pool.connect();
      return held(sessionOn(session, client), sql, client);
    },
  };
  return new Connections<Tx>(source, limits);
}

/** Drizzle takes a connection of the pool by itself, and shows nobody which; so it gets one of ours. */
function sessionOn<Session extends object>(session: Session, client: unknown): Session {
  return Object.create(session, { client: { value: client } });
}

function held<Statement, Tx extends DrizzleRunner<Statement>>(
  runner: DrizzleDatabase<Statement, Tx>,
  sql: DrizzleSql<Statement>,
  client?: unknown,
): HeldConnection<Tx> {
  let query = queryOf(runner, sql);
  let transaction: SteppedTransaction<Tx> | undefined;
  return {
    client,
    query: (text, params) => query(text, params),
    async begin() {
      transaction = new SteppedTransaction((work) =>
        runner.transaction(work, { isolationLevel: 'read committed' }),
      );
      const tx = await transaction.begun;
      guardSession(tx, transaction);
      query = queryOf(tx, sql);
      return tx;
    },
    async commit() {
      // Drizzle does not tell a COMMIT that Postgres turned into a ROLLBACK; this fails then.
      await query('SELECT 1', []);
      await transaction?.commit();
    },
    async rollback() {
      await transaction?.rollback();
    },
    giveBack(failure) {
      // One that begins after we have stopped waiting would keep its connection for ever.
      transaction?.rollback().catch(() => undefined);
      callIn(client, 'release', failure);
    },
  };
}

/** Over postgres.js: what runs the statements of Drizzle's transaction runs none when that has ended. */
function guardSession<Tx>(tx: Tx, transaction: SteppedTransaction<Tx>): void {
  const session = memberOf(tx, 'session');
  const client = memberOf(session, 'client');
  if (typeof client !== 'function' || !('savepoint' in client)) return;
  Object.assign(Object(session), { client: guarded(client, transaction) });
}

interface Pool {
  connect(): Promise<unknown>;
}

/** The pool of `pg` under the database; undefined over another driver. */
function poolOf(db: object): Pool | undefined {
  const pool = memberOf(db, '$client');
  return isPool(pool) ? pool : undefined;
}

function isPool(value: unknown): value is Pool {
  return isEmitter(value) && 'connect' in value && 'totalCount' in value;
}

function isDatabase<Statement, Tx extends DrizzleRunner<Statement>>(
  value: unknown,
): value is DrizzleDatabase<Statement, Tx> {
  const members = [memberOf(value, 'execute'), memberOf(value, 'transaction')];
  return members.every((one) => typeof one === 'function');
}

function queryOf<Statement>(
  runner: DrizzleRunner<Statement>,
  sql: DrizzleSql<Statement>,
): PostgresQuery {
  return async (text, params) => rowsOf(await runner.execute(statementOf(sql, text, params)));
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
