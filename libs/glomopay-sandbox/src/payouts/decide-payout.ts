import { GatewayError } from '../http/gateway-error.js';
import type { BankDecision } from '../payments/bank-decision.js';
import { succeeded } from './payout-book.js';
import { movePayout } from './payout-desk.js';
import type { PayoutDesk } from './payout-desk.js';
import { failedWith } from './payout-errors.js';
import { RAIL_ERROR_CODES } from './payout.js';
import type { PayoutRecord, RailErrorCode } from './payout.js';
import { submit } from './submit.js';

/**
 * What the second person says in the dashboard: it goes on, into the queue where there is one, or is called
 * off (INFERRED).
 *
 * @throws {GatewayError} 400 unless it waits for an approval.
 */
export function approvedPayout(
  record: PayoutRecord,
  decision: BankDecision,
  desk: PayoutDesk,
): PayoutRecord {
  if (record.payout.status !== 'pending_approval') {
    throw GatewayError.badRequest('Payout is not pending approval');
  }
  if (decision === 'decline') return movePayout(desk, record, { status: 'cancelled' });
  if (!desk.account.payoutQueueing) return submit(record, desk);
  return movePayout(desk, record, { status: 'queued' }, { queuedAt: desk.clock.now() });
}

/**
 * What the bank makes of a payout; nothing changes when it has ended so already.
 *
 * @param errorCode why it declines. @defaultValue 'PAYOUT_REJECTED'
 * @throws {GatewayError} 400 unless the bank has it.
 */
export function completedPayout(
  record: PayoutRecord,
  { decision, errorCode = 'PAYOUT_REJECTED' }: BankAnswer,
  desk: PayoutDesk,
): PayoutRecord {
  const change = decision === 'approve' ? succeeded() : failedWith(errorCode);
  if (record.payout.status === change.status) return record;
  if (record.payout.status !== 'in_progress' || record.isUnderReview) {
    throw GatewayError.badRequest('Payout is not at the bank');
  }
  return movePayout(desk, record, change);
}

/** A bank's answer to a payout. */
export interface BankAnswer {
  readonly decision: BankDecision;
  readonly errorCode?: RailErrorCode | undefined;
}

/** @throws {TypeError} when it is no code of a bank or a rail. */
export function railErrorCode(code: string | undefined): RailErrorCode | undefined {
  const known = RAIL_ERROR_CODES.find((candidate) => candidate === code);
  if (code === undefined || known !== undefined) return known;
  throw new TypeError(`A bank declines a payout with one of ${RAIL_ERROR_CODES.join(', ')}`);
}
