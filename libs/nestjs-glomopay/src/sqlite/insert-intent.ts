import {
  deletedMeanwhile,
  type InsertedIntent,
  type NewIntent,
} from '../tracking/store/sql/new-intent.js';
import { trackedRecordOf } from '../tracking/store/tracked-row.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';
import * as statements from './statements.js';

/** Writes an intent unless its key is known, and gives the record that stands. */
export function insertIntent(
  connection: SqliteConnection<SqliteDatabase>,
  { intent, nextCheckMs }: NewIntent,
): InsertedIntent {
  const { account, kind, requestId, reference, subjectId, exclusive, amount, currency } = intent;
  const [own] = connection.rows(
    statements.insertIntent,
    account,
    kind,
    requestId,
    reference,
    subjectId,
    Number(exclusive),
    amount,
    currency,
    nextCheckMs,
  );
  const [row = own] =
    own === undefined ? connection.rows(statements.findByKey, account, kind, requestId) : [];
  if (row === undefined) throw deletedMeanwhile();
  return { record: trackedRecordOf(row), inserted: own !== undefined };
}
