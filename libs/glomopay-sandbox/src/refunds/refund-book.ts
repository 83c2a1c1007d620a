import { randomInt } from 'node:crypto';
import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import type { Lifecycle, Moves } from '../books/lifecycle.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Balances } from '../money/balances.js';
import type { BankDecision } from '../payments/bank-decision.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import { REFUND, TO_BANK_MS } from './refund.js';
import type { Refund, RefundRecord, RefundStatus } from './refund.js';

/** How long after its success the bank's reference comes. */
const UTR_MS = 5000;

const MOVES: Moves<RefundStatus> = {
  in_progress: ['success', 'failed'],
  under_review: ['in_progress', 'action_required', 'cancelled', 'failed'],
  action_required: ['under_review'],
  success: [],
  failed: [],
  cancelled: [],
};

type Context = Pick<ResourceKit, 'clock' | 'publish' | 'balances'>;

/** All refunds. What one holds of the merchant's balance is spent or given back when it ends. */
export function refundBook(context: Context): Book<RefundRecord> {
  const { publish, balances, clock } = context;
  const told = { publish, entity: 'refund' as const, shown: ({ refund }: RefundRecord) => refund };
  const status = lifecycle<RefundRecord, RefundStatus>({
    statusOf: ({ refund }) => refund.status,
    moves: MOVES,
    refusal: (_, to) => cannotBecome(to),
    events: { ...told, atOpen: ['action_required', 'failed'] },
  });
  const reference = lifecycle<RefundRecord, 'none' | 'utr.updated'>({
    statusOf: ({ refund }) => (refund.utr === null ? 'none' : 'utr.updated'),
    moves: { none: ['utr.updated'], 'utr.updated': [] },
    events: told,
  });
  return new Book<RefundRecord>(
    {
      ...REFUND,
      requestIdOf: ({ requestId }) => requestId,
      lifecycles: [paying(status, balances), reference],
    },
    clock,
  );
}

/** Changes a refund. After a success the bank's reference follows. */
export function moveRefund(
  refunds: Book<RefundRecord>,
  { id, refund }: RefundRecord,
  change: Partial<Refund>,
  clock: Context['clock'],
): RefundRecord {
  const changed = (now: Refund, next: Partial<Refund>) => ({
    refund: { ...now, ...next, updated_at: timestamp(clock) },
  });
  const isSent = change.status === 'in_progress' && { sentAt: clock.now() + TO_BANK_MS };
  refunds.move(id, { ...changed(refund, change), ...isSent });
  if (change.status === 'success') {
    const utr = `UTR${randomInt(1e9, 1e10)}`;
    refunds.moveLater(id, UTR_MS, (record) => changed(record.refund, { utr }));
  }
  return refunds.find(id);
}

/** What the bank has decided of a refund; nothing changes when it has ended so already. */
export function completedRefund(
  refunds: Book<RefundRecord>,
  record: RefundRecord,
  decision: BankDecision,
  clock: Context['clock'],
): RefundRecord {
  const status = decision === 'approve' ? 'success' : 'failed';
  return record.refund.status === status ? record : moveRefund(refunds, record, { status }, clock);
}

/** Documented with `message` alone, and of `success` only. */
export function cannotBecome(status: RefundStatus): GatewayError {
  return new GatewayError(400, { message: `Refund cannot be marked ${status}.` });
}

function paying(status: Lifecycle<RefundRecord>, balances: Balances): Lifecycle<RefundRecord> {
  return {
    changes: status.changes,
    tell: (after, before) => {
      settleBalance(after, balances);
      status.tell(after, before);
    },
  };
}

function settleBalance({ id, asked, refund }: RefundRecord, balances: Balances): void {
  switch (refund.status) {
    case 'success':
      balances.spend(id);
      break;
    case 'failed':
    case 'cancelled':
      balances.release(id);
      break;
    default:
      balances.hold(id, asked);
  }
}
