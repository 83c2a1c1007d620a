import { looseInteger } from '../wire/readers.js';
import { may, shape, type SnapshotOf } from '../wire/shape.js';

/** Money that came into a balance. It has neither an id nor a status of its own. */
export type BalanceSnapshot = SnapshotOf<typeof balanceShape>;

export const balanceShape = shape('balance', {
  /** The payment that it came from. */
  paymentId: may('payment_id'),
  /** ISO 8601, UTC. */
  timestamp: may('timestamp'),
  /** Minor units of `currency`; the gateway does not promise it. */
  amount: may('amount', looseInteger),
  currency: may('currency'),
});
