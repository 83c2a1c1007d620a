import { changed, succeeded } from './payout-book.js';
import { costOf, hasLapsed, isCovered, movePayout, poolOf } from './payout-desk.js';
import type { PayoutDesk } from './payout-desk.js';
import { failedWith } from './payout-errors.js';
import type { PayoutErrorCode, PayoutRecord } from './payout.js';

/** How long a bank takes for a payout that completes by itself (INFERRED). */
const BANK_MS = 60_000;

/**
 * Its money is held, and the bank has it; where that is too late, it fails. INFERRED: one that waited is in
 * progress before it fails.
 */
export function sendToBank(record: PayoutRecord, desk: PayoutDesk): PayoutRecord {
  const obstacle = obstacleOf(record, desk);
  if (obstacle === undefined) desk.balances.hold(record.id, costOf(record), poolOf(desk));
  const sent = movePayout(desk, record, { status: 'in_progress' }, { isUnderReview: false });
  if (obstacle !== undefined) return movePayout(desk, sent, failedWith(obstacle));
  if (sent.completesAlone) completeLater(sent, desk);
  return sent;
}

function obstacleOf(record: PayoutRecord, desk: PayoutDesk): PayoutErrorCode | undefined {
  if (hasLapsed(record, desk)) return 'QUOTE_EXPIRED';
  return isCovered(record, desk) ? undefined : 'INSUFFICIENT_BALANCE';
}

function completeLater({ id }: PayoutRecord, { payouts, clock }: PayoutDesk): void {
  payouts.moveLater(id, BANK_MS, ({ payout }) => ({
    payout: changed(payout, succeeded(), clock),
  }));
}
