import { callIn } from '../tracking/store/sql/connections/emitter.js';
import type { KnexTraits } from '../tracking/store/sql/libraries/knex-source.js';
import { endClient } from './pg-internals.js';
import { rowsOf, type PostgresQuery } from './postgres-adapter.js';

/** Runs statements on a client of `pg` that another library has made. */
function queryOfClient(client: unknown): PostgresQuery {
  return async (text, params) =>
    rowsOf(await callIn(client, 'query', { text, values: [...params] }));
}

/** How the clients of `pg` are spoken to that another library has made. */
export const pgClients: KnexTraits<
  Parameters<PostgresQuery>,
  Awaited<ReturnType<PostgresQuery>>
> = {
  database: 'Postgres',
  drivers: ['pg', 'pgnative'],
  queryOf: queryOfClient,
  asked: (text) => [text, []],
  endClient,
  // No library tells of a COMMIT that Postgres turned into a ROLLBACK; this fails then.
  beforeCommit: 'SELECT 1',
};
