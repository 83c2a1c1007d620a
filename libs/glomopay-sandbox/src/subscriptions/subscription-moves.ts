import type { Moves } from '../books/lifecycle.js';
import type { SubscriptionStatus } from './subscription.js';

/** Which status follows which (docs/gateway.md, Subscriptions). */
export const SUBSCRIPTION_MOVES: Moves<SubscriptionStatus> = {
  created: ['authorized', 'active', 'action_required', 'expired', 'failed', 'cancelled'],
  // INFERRED: the ways to `cancelled` that are not from created, active, paused and halted.
  authorized: ['active', 'cancelled'],
  active: ['paused', 'halted', 'completed', 'cancelled'],
  paused: ['active', 'cancelled'],
  halted: ['active', 'cancelled'],
  action_required: ['under_review', 'cancelled'],
  under_review: ['active', 'failed', 'cancelled'],
  completed: [],
  cancelled: [],
  expired: [],
  failed: [],
};

/** Whether the gateway has no status that follows it. */
export function isFinal(status: SubscriptionStatus): boolean {
  return SUBSCRIPTION_MOVES[status].length === 0;
}
