import type { TrackedPayment, TrackedReason, TrackedState } from './tracked-payment.js';

/** A row of a database, by column. */
export type Row = Readonly<Record<string, unknown>>;

const states: readonly TrackedState[] = [
  'created',
  'attempted',
  'succeeded',
  'failed',
  'mismatch',
  'needs_attention',
];
const reasons: readonly TrackedReason[] = [
  'rejected',
  'not_sent',
  'never_arrived',
  'amount_differs',
  'currency_differs',
  'order_differs',
  'duplicate_charge',
  'terminal_conflict',
  'no_outcome',
  'ambiguous',
  'handler_failed',
];

/**
 * Reads the row of a tracked payment. Numbers, flags (0, 1) and dates (milliseconds) may come as
 * text or bigint, since hosts configure their drivers differently.
 */
export function trackedPaymentOf(row: Row): TrackedPayment {
  return {
    account: text(row, 'account'),
    requestId: text(row, 'request_id'),
    reference: text(row, 'reference'),
    orderId: optional(text, row, 'order_id'),
    subscriptionId: optional(text, row, 'subscription_id'),
    amount: whole(row, 'amount'),
    currency: text(row, 'currency'),
    state: oneOf(states, row, 'state'),
    reason: optional((of, column) => oneOf(reasons, of, column), row, 'reason'),
    paymentId: optional(text, row, 'payment_id'),
    gatewayStatus: optional(text, row, 'gateway_status'),
    complianceStatus: optional(text, row, 'compliance_status'),
    fundsAvailable: whole(row, 'funds_available') === 1,
    errorCode: optional(text, row, 'error_code'),
    errorDescription: optional(text, row, 'error_description'),
    version: whole(row, 'version'),
    checks: whole(row, 'checks'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
    nextCheckAt: optional(date, row, 'next_check_at'),
  };
}

/** Reads a whole number, however the driver gives it. */
export function whole(row: Row, column: string): number {
  const value = row[column];
  const number = value === null || value === '' ? Number.NaN : Number(value);
  if (!Number.isSafeInteger(number)) throw unreadable(column);
  return number;
}

/** Reads a text. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw unreadable(column);
  return value;
}

/** Reads a date from its milliseconds. */
export function date(row: Row, column: string): Date {
  return new Date(whole(row, column));
}

function oneOf<T extends string>(words: readonly T[], row: Row, column: string): T {
  const word = words.find((candidate) => candidate === row[column]);
  if (word === undefined) throw unreadable(column);
  return word;
}

function optional<T>(read: (row: Row, column: string) => T, row: Row, column: string): T | null {
  return row[column] === null ? null : read(row, column);
}

function unreadable(column: string): Error {
  return new Error(`The column ${column} of a tracked payment holds what this version cannot read`);
}
