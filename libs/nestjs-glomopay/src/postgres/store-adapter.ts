import type { TableNames } from '../tracking/store/sql/table-names.js';
import { lend } from '../tracking/store/lend.js';
import { ownContext } from '../values/own-context.js';
import type { PostgresAdapter, PostgresQuery, TransactionOptions } from './postgres-adapter.js';

/**
 * The host's adapter as the store uses it. Everything of the store's own runs in the async context in
 * which this was made, so that a library which keeps an ambient transaction there finds none; what
 * the host does with a transaction runs in the context of the call that it belongs to.
 *
 * The one place where the store runs a text: here the names of the host's choice come into it.
 */
export class StoreAdapter<Tx> implements PostgresAdapter<Tx> {
  readonly #adapter: PostgresAdapter<Tx>;
  readonly names: TableNames;
  readonly #inOwnContext = ownContext();

  constructor(adapter: PostgresAdapter<Tx>, names: TableNames) {
    this.#adapter = adapter;
    this.names = names;
  }

  readonly query: PostgresQuery = (text, params) =>
    this.#inOwnContext(() => this.#adapter.query(this.names.in(text), params));

  transaction<T>(
    work: (tx: Tx, query: PostgresQuery) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T> {
    const inCallersContext = ownContext();
    return this.#inOwnContext(() =>
      this.#adapter.transaction(
        (tx, query) =>
          inCallersContext(() =>
            work(tx, (text, params) =>
              this.#inOwnContext(() => query(this.names.in(text), params)),
            ),
          ),
        options,
      ),
    );
  }

  /** The same with other names. */
  named(names: TableNames): StoreAdapter<Tx> {
    return new StoreAdapter(this.#adapter, names);
  }

  /** For what changes tables, which may take minutes. */
  get patient(): PostgresAdapter<Tx> {
    return {
      query: this.query,
      transaction: (work) => this.transaction(work, { patient: true }),
    };
  }

  /** Lends the transaction to the host for as long as its work takes. */
  lend(tx: Tx, work: (tx: Tx) => Promise<void>): Promise<void> {
    return lend(tx, (lent) => this.#adapter.lent?.(lent, () => work(lent)) ?? work(lent));
  }
}
