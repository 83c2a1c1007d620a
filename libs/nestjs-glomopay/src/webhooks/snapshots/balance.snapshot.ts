import { looseInteger } from '../../wire/readers.js';
import { member, snapshot, type SnapshotOf } from '../../wire/snapshot.js';

/** Money that came into a balance. It has neither an id nor a status of its own. */
export type BalanceSnapshot = SnapshotOf<typeof balanceSnapshot>;

export const balanceSnapshot = snapshot({
  /** The payment that it came from. */
  paymentId: member('payment_id'),
  /** ISO 8601, UTC. */
  timestamp: member('timestamp'),
  /** Minor units of `currency`; the gateway does not promise it. */
  amount: member('amount', looseInteger),
  currency: member('currency'),
});
