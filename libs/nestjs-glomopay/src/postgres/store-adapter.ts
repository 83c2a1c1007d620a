import { StoreAdapter as AnyStoreAdapter } from '../tracking/store/sql/connections/store-adapter.js';
import type { TableNames } from '../tracking/store/sql/table-names.js';
import type { PostgresAdapter, PostgresQuery } from './postgres-adapter.js';

/**
 * The host's adapter of Postgres as the store uses it: the one place where the store runs a text. Here the
 * names of the host's choice come into it.
 */
export class StoreAdapter<Tx> extends AnyStoreAdapter<
  Tx,
  Parameters<PostgresQuery>,
  Awaited<ReturnType<PostgresQuery>>
> {
  readonly names: TableNames;
  readonly #adapter: PostgresAdapter<Tx>;

  constructor(adapter: PostgresAdapter<Tx>, names: TableNames) {
    super(withNames(adapter, names));
    this.names = names;
    this.#adapter = adapter;
  }

  /** The same with other names. */
  named(names: TableNames): StoreAdapter<Tx> {
    return new StoreAdapter(this.#adapter, names);
  }
}

function withNames<Tx>(adapter: PostgresAdapter<Tx>, names: TableNames): PostgresAdapter<Tx> {
  const named =
    (query: PostgresQuery): PostgresQuery =>
    (text, params) =>
      query(names.in(text), params);
  return {
    query: (text, params) => adapter.query(names.in(text), params),
    transaction: (work, options) =>
      adapter.transaction((tx, query) => work(tx, named(query)), options),
    lent: (tx, work) => adapter.lent?.(tx, work) ?? work(),
  };
}
