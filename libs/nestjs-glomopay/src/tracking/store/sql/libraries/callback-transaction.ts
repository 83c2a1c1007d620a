import type { HeldConnection, Query } from '../connections/held-connection.js';
import { SteppedTransaction } from '../connections/stepped-transaction.js';

/** A database library that takes connections by itself and runs transactions around a callback. */
export interface CallbackTransactions<Tx, Asked extends readonly unknown[], Answer> {
  /** Runs the work in a `READ COMMITTED` transaction. */
  transaction(work: (tx: Tx) => Promise<void>): Promise<void>;
  queryIn(tx: Tx): Query<Asked, Answer>;
  /** The transaction as whoever works in it may have it. @defaultValue as it is */
  guard?(tx: Tx, transaction: SteppedTransaction<Tx>): Tx;
}

/** What is to be known of the driver under such a library. */
export interface CallbackDriver<Asked extends readonly unknown[], Answer> {
  /** The client that has a transaction, as far as the pool shows it. */
  clientBehind(query: Query<Asked, Answer>): Promise<unknown>;
  endClient(client: unknown): void;
  /** Fails in a transaction that `COMMIT` would silently roll back. @defaultValue there is none such */
  beforeCommit?(query: Query<Asked, Answer>): Promise<unknown>;
}

/** A transaction of the library that has begun, as a connection that is held for it. */
export async function heldTransaction<Tx, Asked extends readonly unknown[], Answer>(
  library: CallbackTransactions<Tx, Asked, Answer>,
  driver: CallbackDriver<Asked, Answer>,
): Promise<HeldConnection<Tx, Asked, Answer>> {
  const transaction = new SteppedTransaction<Tx>((work) => library.transaction(work));
  const begun = await transaction.begun;
  const tx = library.guard?.(begun, transaction) ?? begun;
  const query = library.queryIn(tx);
  try {
    const client = await driver.clientBehind(query);
    return {
      client,
      query,
      begin: () => Promise.resolve(tx),
      async commit() {
        await driver.beforeCommit?.(query);
        await transaction.commit();
      },
      rollback: () => transaction.rollback(),
      giveBack(failure) {
        if (failure !== undefined) driver.endClient(client);
        abandon(transaction);
      },
    };
  } catch (thrown) {
    abandon(transaction);
    throw thrown;
  }
}

/** Whatever is still open is rolled back, by a library that may wait for a silent server. */
export function abandon(transaction: SteppedTransaction<unknown>): void {
  transaction.rollback().catch(() => undefined);
}
