import type { PaymentIntent, TrackedPayment } from '../tracking/tracked-payment.js';
import { trackedPaymentOf } from '../tracking/tracked-row.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { isBusy, type SqliteDatabase } from './sqlite-database.js';
import { findByKey, insertIntent } from './statements.js';

/** An intent to write. */
export interface NewIntent {
  readonly intent: PaymentIntent;
  readonly nextCheckMs: number;
}

/** What became of it. */
export interface InsertedIntent {
  readonly record: TrackedPayment;
  readonly inserted: boolean;
}

/**
 * Writes intents inside a transaction, so that they share one wait for the disk. A row that the
 * database refuses takes no other with it: SQLite undoes that statement only.
 */
export function insertIntents(
  connection: SqliteConnection<SqliteDatabase>,
  items: readonly NewIntent[],
): PromiseSettledResult<InsertedIntent>[] {
  return items.map((item) => {
    try {
      return { status: 'fulfilled', value: insert(connection, item) };
    } catch (reason) {
      if (isBusy(reason)) throw reason;
      return { status: 'rejected', reason };
    }
  });
}

function insert(
  connection: SqliteConnection<SqliteDatabase>,
  { intent, nextCheckMs }: NewIntent,
): InsertedIntent {
  const { account, requestId, reference, orderId, subscriptionId, amount, currency } = intent;
  const [own] = connection.rows(
    insertIntent,
    account,
    requestId,
    reference,
    orderId,
    subscriptionId,
    amount,
    currency,
    nextCheckMs,
  );
  const [row = own] = own === undefined ? connection.rows(findByKey, account, requestId) : [];
  if (row === undefined) throw new Error('A tracked payment was deleted while it was written');
  return { record: trackedPaymentOf(row), inserted: own !== undefined };
}
