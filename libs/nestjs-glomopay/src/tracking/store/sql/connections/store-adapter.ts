import { ownContext } from '../../../../values/own-context.js';
import { lend } from '../../lend.js';
import type { Query } from './held-connection.js';
import type { SqlAdapter, TransactionOptions } from './sql-adapter.js';

/**
 * The host's adapter as the store uses it. Everything of the store's own runs in the async context in
 * which this was made, so that a library which keeps an ambient transaction there finds none; what
 * the host does with a transaction runs in the context of the call that it belongs to.
 */
export class StoreAdapter<Tx, Asked extends readonly unknown[], Answer> implements SqlAdapter<
  Tx,
  Asked,
  Answer
> {
  readonly #adapter: SqlAdapter<Tx, Asked, Answer>;
  readonly #inOwnContext = ownContext();

  constructor(adapter: SqlAdapter<Tx, Asked, Answer>) {
    this.#adapter = adapter;
  }

  readonly query: Query<Asked, Answer> = (...asked) =>
    this.#inOwnContext(() => this.#adapter.query(...asked));

  transaction<T>(
    work: (tx: Tx, query: Query<Asked, Answer>) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T> {
    const inCallersContext = ownContext();
    return this.#inOwnContext(() =>
      this.#adapter.transaction(
        (tx, query) =>
          inCallersContext(() => work(tx, (...asked) => this.#inOwnContext(() => query(...asked)))),
        options,
      ),
    );
  }

  /** For what changes tables, which may take minutes. */
  get patient(): SqlAdapter<Tx, Asked, Answer> {
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
