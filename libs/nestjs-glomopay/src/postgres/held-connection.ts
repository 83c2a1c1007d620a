import type { HeldConnection as Held } from '../tracking/store/sql/connections/held-connection.js';
import type { PostgresQuery } from './postgres-adapter.js';

/** A connection of the host's pool to Postgres while it is ours. */
export type HeldConnection<Tx> = Held<
  Tx,
  Parameters<PostgresQuery>,
  Awaited<ReturnType<PostgresQuery>>
>;
