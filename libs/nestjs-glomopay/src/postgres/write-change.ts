import { storableChange } from '../tracking/store/storable-change.js';
import type { TrackedChange, TrackedPayment } from '../tracking/store/tracked-payment.js';
import { trackedPaymentOf } from '../tracking/store/tracked-row.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { updateRecord } from './statements.js';

/** Writes a change into the transaction that is open, and gives the record as it then stands. */
export async function writeChange(
  query: PostgresQuery,
  before: TrackedPayment,
  change: TrackedChange,
  nextCheckMs: number,
): Promise<TrackedPayment> {
  const update = storableChange(before, change);
  const values = {
    account: before.account,
    request_id: before.requestId,
    version: before.version,
    state: update.state,
    reason: update.reason,
    payment_id: update.paymentId,
    gateway_status: update.gatewayStatus,
    compliance_status: update.complianceStatus,
    funds_available: update.fundsAvailable,
    error_code: update.errorCode,
    error_description: update.errorDescription,
    needs_person: update.needsPerson,
    open: update.open,
    next_check_ms: nextCheckMs,
  };
  const [row] = await query(updateRecord, [JSON.stringify(values)]);
  if (row === undefined) throw new Error('A tracked payment changed while it was locked');
  return trackedPaymentOf(row);
}
