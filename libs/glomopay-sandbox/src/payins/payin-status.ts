import type { Moves } from '../books/lifecycle.js';

/** How far an order or a payment link has come. */
export type PayinStatus =
  'active' | 'action_required' | 'under_review' | 'paid' | 'failed' | 'cancelled' | 'expired';

/** A payment under way when it expired may still pay it. */
export const PAYIN_MOVES: Moves<PayinStatus> = {
  active: ['paid', 'expired', 'cancelled'],
  action_required: ['under_review'],
  under_review: ['active', 'failed', 'action_required'],
  expired: ['paid'],
  paid: [],
  failed: [],
  cancelled: [],
};

/** Whether a payment may still pay it. */
export function canBePaid(status: PayinStatus | undefined): boolean {
  return status !== undefined && PAYIN_MOVES[status].includes('paid');
}
