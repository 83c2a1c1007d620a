import {
  deletedMeanwhile,
  type InsertedIntent,
  type NewIntent,
} from '../tracking/store/sql/new-intent.js';
import { trackedPaymentOf } from '../tracking/store/tracked-row.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';
import * as statements from './statements.js';

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
  if (row === undefined) throw deletedMeanwhile();
  return { record: trackedPaymentOf(row), inserted: own !== undefined };
}
