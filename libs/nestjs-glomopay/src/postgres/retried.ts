import { retried as retriedBy } from '../tracking/store/sql/connections/retried.js';
import type { PostgresAdapter, PostgresQuery } from './postgres-adapter.js';
import { sqlStateOf } from './sql-state.js';

/** Runs single statements again that Postgres rolled back because of another transaction. */
export function retried(adapter: PostgresAdapter<unknown>): PostgresQuery {
  return retriedBy(adapter, isConflict);
}

function isConflict(thrown: unknown): boolean {
  const state = sqlStateOf(thrown);
  return state === '40001' || state === '40P01';
}
