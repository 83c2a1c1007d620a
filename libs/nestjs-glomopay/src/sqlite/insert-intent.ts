import type { PaymentIntent, TrackedPayment } from '../tracking/store/tracked-payment.js';
import { trackedPaymentOf } from '../tracking/store/tracked-row.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';
import * as statements from './statements.js';

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

/** Writes an intent unless its key is known, and gives the record that stands. */
export function insertIntent(
  connection: SqliteConnection<SqliteDatabase>,
  { intent, nextCheckMs }: NewIntent,
): InsertedIntent {
  const { account, requestId, reference, orderId, subscriptionId, amount, currency } = intent;
  const [own] = connection.rows(
    statements.insertIntent,
    account,
    requestId,
    reference,
    orderId,
    subscriptionId,
    amount,
    currency,
    nextCheckMs,
  );
  const [row = own] =
    own === undefined ? connection.rows(statements.findByKey, account, requestId) : [];
  if (row === undefined) throw new Error('A tracked payment was deleted while it was written');
  return { record: trackedPaymentOf(row), inserted: own !== undefined };
}
