import { callIn } from '../tracking/store/sql/connections/emitter.js';
import { rowsOf, type PostgresQuery } from './postgres-adapter.js';

/**
 * Runs statements on a client of `pg` that another library has made: past that library, which would
 * take a `?` or a `:name` in a text for a parameter of its own.
 */
export function queryOfClient(client: unknown): PostgresQuery {
  return async (text, params) =>
    rowsOf(await callIn(client, 'query', { text, values: [...params] }));
}
