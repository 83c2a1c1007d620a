import { randomInt } from 'node:crypto';
import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import type { Lifecycle, Moves } from '../books/lifecycle.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Balances } from '../money/balances.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { failedWith } from './payout-errors.js';
import { PAYOUT, PAYOUT_STATUSES } from './payout.js';
import type { Payout, PayoutRecord, PayoutStatus } from './payout.js';

const QUEUED_FOR_MS = 30 * 86_400_000;

const MOVES: Moves<PayoutStatus> = {
  pending_approval: ['in_progress', 'queued', 'cancelled', 'action_required'],
  queued: ['in_progress', 'action_required', 'cancelled', 'failed'],
  in_progress: ['success', 'failed', 'cancelled', 'action_required'],
  action_required: ['in_progress', 'cancelled'],
  success: [],
  failed: [],
  cancelled: [],
};

/**
 * All payouts. What one holds of the merchant's balance is spent or given back when it ends.
 *
 * @param onQueued is told of each that begins to wait in the queue.
 */
export function payoutBook(
  { publish, balances, clock }: Pick<ResourceKit, 'clock' | 'publish' | 'balances'>,
  onQueued: (record: PayoutRecord) => void,
): Book<PayoutRecord> {
  const status = lifecycle<PayoutRecord, PayoutStatus>({
    statusOf: ({ payout }) => payout.status,
    moves: MOVES,
    events: {
      publish,
      entity: 'payout',
      shown: ({ payout }) => payout,
      // INFERRED: what a payout begins with is told, whatever it is.
      atOpen: PAYOUT_STATUSES,
    },
  });
  return new Book<PayoutRecord>(
    {
      ...PAYOUT,
      requestIdOf: ({ payout }) => payout.request_id,
      duplicate: () =>
        new GatewayError(409, { error: 'Conflict', message: 'Record already exists' }),
      lifecycles: [followed(status, balances, onQueued)],
      expiry: {
        dueAt: ({ payout, queuedAt }) =>
          payout.status === 'queued' && queuedAt !== null ? queuedAt + QUEUED_FOR_MS : undefined,
        change: ({ payout }) => ({ payout: changed(payout, failedWith('QUEUE_EXPIRED'), clock) }),
      },
    },
    clock,
  );
}

/** A payout with a change, as of now. */
export function changed(payout: Payout, change: Partial<Payout>, clock: Clock): Payout {
  return { ...payout, ...change, updated_at: timestamp(clock) };
}

/** That the money has arrived, with the bank's reference. */
export function succeeded(): Pick<Payout, 'status' | 'utr'> {
  return { status: 'success', utr: `UTR${randomInt(1e9, 1e10)}` };
}

function followed(
  status: Lifecycle<PayoutRecord>,
  balances: Balances,
  onQueued: (record: PayoutRecord) => void,
): Lifecycle<PayoutRecord> {
  return {
    changes: status.changes,
    tell: (after, before) => {
      if (after.payout.status === 'success') balances.spend(after.id);
      if (['failed', 'cancelled'].includes(after.payout.status)) balances.release(after.id);
      if (after.payout.status === 'queued') onQueued(after);
      status.tell(after, before);
    },
  };
}
