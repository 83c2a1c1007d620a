import type { SandboxAccount } from '../account.js';
import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { succeeded } from './payout-book.js';
import { costOf, movePayout, poolOf } from './payout-desk.js';
import type { PayoutDesk } from './payout-desk.js';
import { failedWith } from './payout-errors.js';
import { askAbout } from './payout-review.js';
import { isCancellable, PAYOUT } from './payout.js';
import type { PayoutRecord } from './payout.js';
import { submit } from './submit.js';

const MOCKED = ['pending', 'success', 'failed', 'action_required', 'cancelled'] as const;

type Mocked = (typeof MOCKED)[number];

/** A checked body of the mock. */
export interface MockRequest {
  readonly id: string;
  readonly status: Mocked;
}

/** Reads `PATCH /payouts/mock`. INFERRED: the documents that an older description has are not looked at. */
export function readMock(fields: Fields): MockRequest {
  const id = fields.requiredId('id', PAYOUT.idPrefix);
  fields.require('status');
  const status = fields.oneOf('status', MOCKED) ?? 'pending';
  fields.texts('rfi_document_ids');
  fields.finish();
  return { id, status };
}

/**
 * What a rail or compliance makes of a payout.
 *
 * @throws {GatewayError} 400 for a move that is not legal. INFERRED: `pending` moves a queued one alone on,
 *   which the balance must cover; a dashboard approves, and an answer ends what compliance asks.
 */
export function mockPayout({ id, status }: MockRequest, desk: PayoutDesk): PayoutRecord {
  const record = desk.payouts.find(id);
  if (!isLegal(record, status, desk.account)) {
    throw GatewayError.badRequest('State change not allowed');
  }
  switch (status) {
    case 'pending':
      desk.balances.assertCovers(costOf(record), poolOf(desk));
      return submit(record, desk);
    case 'success':
      return movePayout(desk, record, succeeded());
    case 'failed':
      return movePayout(desk, record, failedWith(null));
    case 'cancelled':
      return movePayout(desk, record, { status }, { isUnderReview: false });
    case 'action_required':
      return askNow(record, desk);
  }
}

function isLegal(record: PayoutRecord, to: Mocked, account: SandboxAccount): boolean {
  const { payout, isUnderReview } = record;
  switch (to) {
    case 'pending':
      return payout.status === 'queued';
    case 'success':
    case 'failed':
      return payout.status === 'in_progress' && !isUnderReview;
    case 'cancelled':
      return isCancellable(record);
    case 'action_required':
      return (
        (account.payoutQueueing || account.makerChecker) &&
        (isUnderReview || ['queued', 'pending_approval'].includes(payout.status))
      );
  }
}

function askNow(record: PayoutRecord, desk: PayoutDesk): PayoutRecord {
  if (record.isUnderReview) {
    desk.rfis.review(desk.rfis.about(record.id)?.id ?? '', 'ask_again');
    return desk.payouts.find(record.id);
  }
  askAbout(record.id, desk);
  return movePayout(desk, record, { status: 'action_required' });
}
