import type { RowReader } from './readable-rows.js';
import { date, oneOf, optional, text, whole, type Row } from './row.js';
import {
  openStates,
  type TrackedKind,
  type TrackedReason,
  type TrackedRecord,
  type TrackedResolution,
  type TrackedState,
} from './tracked-record.js';

export const kinds: readonly TrackedKind[] = ['payment', 'refund', 'collection'];
export const states: readonly TrackedState[] = [
  'created',
  'attempted',
  'succeeded',
  'failed',
  'mismatch',
  'needs_attention',
];
export const reasons: readonly TrackedReason[] = [
  'rejected',
  'not_sent',
  'never_arrived',
  'amount_differs',
  'currency_differs',
  'order_differs',
  'duplicate_charge',
  'terminal_conflict',
  'arrived_late',
  'charged_late',
  'unexpected_success',
  'no_outcome',
  'ambiguous',
  'handler_failed',
  'compliance_rejected',
  'over_refunded',
  'payin_ended',
];
export const resolutions: readonly TrackedResolution[] = [
  'acknowledged',
  'succeeded',
  'failed',
  'refunded',
];

/** Reads the row of a tracked movement. */
export function trackedRecordOf(row: Row): TrackedRecord {
  return {
    account: text(row, 'account'),
    kind: oneOf(kinds, row, 'kind'),
    requestId: text(row, 'request_id'),
    reference: text(row, 'reference'),
    subjectId: optional(text, row, 'subject_id'),
    exclusive: whole(row, 'exclusive') === 1,
    amount: whole(row, 'amount'),
    currency: text(row, 'currency'),
    state: oneOf(states, row, 'state'),
    reason: optional((of, column) => oneOf(reasons, of, column), row, 'reason'),
    objectId: optional(text, row, 'object_id'),
    gatewayStatus: optional(text, row, 'gateway_status'),
    complianceStatus: optional(text, row, 'compliance_status'),
    fundsAvailable: whole(row, 'funds_available') === 1,
    errorCode: optional(text, row, 'error_code'),
    errorDescription: optional(text, row, 'error_description'),
    resolution: optional((of, column) => oneOf(resolutions, of, column), row, 'resolution'),
    resolvedBy: optional(text, row, 'resolved_by'),
    resolutionNote: optional(text, row, 'resolution_note'),
    version: whole(row, 'version'),
    checks: whole(row, 'checks'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
    nextCheckAt: optional(date, row, 'next_check_at'),
  };
}

/** Reads lists of tracked movements. */
export const trackedRecords: RowReader<TrackedRecord> = {
  what: 'movement',
  key: ['account', 'kind', 'request_id'],
  read: trackedRecordOf,
};

/** SQL: the record can be read by this version. What cannot is not claimed either. */
export function isReadableRecord(alias: string): string {
  return `${alias}.kind IN (${listed(kinds)})
    AND ${alias}.state IN (${listed(states)})
    AND (${alias}.reason IS NULL OR ${alias}.reason IN (${listed(reasons)}))
    AND (${alias}.resolution IS NULL OR ${alias}.resolution IN (${listed(resolutions)}))`;
}

/** SQL: the movement has no outcome so far, and a machine looks for it. */
export function isOpen(alias: string): string {
  return `${alias}.state IN (${listed(openStates)})`;
}

/** Words of this library as a list of SQL. */
export function listed(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
