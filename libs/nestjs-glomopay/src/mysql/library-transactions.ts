import { SteppedTransaction } from '../tracking/store/sql/connections/stepped-transaction.js';
import { BEGINS_NEXT } from './connections.js';
import type { HeldConnection } from './held-connection.js';

/**
 * A connection whose transactions are those of a library, which runs them around a callback.
 *
 * @param run Runs the work in a transaction on this very connection.
 */
export function withTransactions<Tx>(
  held: Pick<HeldConnection<unknown>, 'client' | 'query' | 'giveBack'>,
  run: (work: (tx: Tx) => Promise<void>) => Promise<void>,
): HeldConnection<Tx> {
  let transaction: SteppedTransaction<Tx> | undefined;
  return {
    ...held,
    async begin() {
      // By ourselves: where a transaction is open, nothing of the library's may commit it.
      await held.query(BEGINS_NEXT);
      transaction = new SteppedTransaction(run);
      return transaction.begun;
    },
    async commit() {
      await transaction?.commit();
    },
    async rollback() {
      await transaction?.rollback();
    },
    giveBack(failure) {
      // What is still open waits for an answer that does not come; the end of its client ends it as well.
      transaction?.rollback().catch(() => undefined);
      return held.giveBack(failure);
    },
  };
}
