import { storableChange } from '../tracking/store/storable-change.js';
import type { TrackedChange, TrackedPayment } from '../tracking/store/tracked-payment.js';
import { trackedPaymentOf } from '../tracking/store/tracked-row.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { updateRecord } from './statements.js';

/** Writes a change into the transaction that is open, and gives the record as it then stands. */
export function writeChange(
  connection: SqliteConnection<SqliteDatabase>,
  before: TrackedPayment,
  change: TrackedChange,
  nextCheckMs: number,
): TrackedPayment {
  const update = storableChange(before, change);
  const [row] = connection.rows(
    updateRecord,
    update.state,
    update.reason,
    update.paymentId,
    update.gatewayStatus,
    update.complianceStatus,
    Number(update.fundsAvailable),
    update.errorCode,
    update.errorDescription,
    Number(update.needsPerson),
    update.open ? nextCheckMs : null,
    before.account,
    before.requestId,
    before.version,
  );
  if (row === undefined) throw new Error('A tracked payment changed while it was locked');
  return trackedPaymentOf(row);
}
