import { StoreAdapter as AnyStoreAdapter } from '../tracking/store/sql/connections/store-adapter.js';
import type { PostgresQuery } from './postgres-adapter.js';

/** The host's adapter of Postgres as the store uses it. */
export class StoreAdapter<Tx> extends AnyStoreAdapter<
  Tx,
  Parameters<PostgresQuery>,
  Awaited<ReturnType<PostgresQuery>>
> {}
