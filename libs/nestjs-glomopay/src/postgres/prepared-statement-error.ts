import { sqlStateOf } from './sql-state.js';

/** `duplicate_prepared_statement`, `invalid_sql_statement_name`. */
const OF_PREPARING = ['42P05', '26000'];

/** A pooler hands statements to connections that have not prepared them; nothing was done. */
class PreparedStatementError extends Error {
  constructor(cause: unknown) {
    super(
      'Postgres does not know its own prepared statements: a pooler such as PgBouncer before 1.21 stands between. Give the adapter { prepare: false }: pgAdapter(pool, { prepare: false })',
      { cause },
    );
    this.name = 'PreparedStatementError';
  }
}

/** The failure itself, or one that names the option which mends it. */
export function namingPrepare(thrown: unknown): unknown {
  return OF_PREPARING.includes(sqlStateOf(thrown) ?? '')
    ? new PreparedStatementError(thrown)
    : thrown;
}
