import { looseBoolean, looseInteger, looseObject, looseObjects } from '../../wire/readers.js';
import { member, snapshot, type SnapshotOf } from '../../wire/snapshot.js';
import { moneySnapshot } from './money.snapshot.js';
import { documentSnapshot } from './parts.snapshot.js';

/** A refund at the time of an event. */
export type RefundSnapshot = SnapshotOf<typeof refundSnapshot>;

export const refundSnapshot = snapshot({
  id: member('id'),
  customerId: member('customer_id'),
  paymentId: member('payment_id'),
  status: member('status'),
  reason: member('reason'),
  /** Minor units of `currency`. */
  amount: member('amount', looseInteger),
  /** What the payment was charged in; may differ from the currency of your request. */
  currency: member('currency'),
  partialRefund: member('partial_refund', looseBoolean),
  /** The bank's reference; `refund.utr.updated` brings it. */
  utr: member('utr'),
  /** What was taken from your balance. */
  balanceUsed: member('balance_used', looseObject(moneySnapshot)),
  fees: member(
    'fees',
    looseObject((fees) => ({
      fxFees: fees.read('fx_fees', looseObject(moneySnapshot)),
      txnFees: fees.read('txn_fees', looseObject(moneySnapshot)),
    })),
  ),
  documents: member('documents', looseObjects(documentSnapshot)),
  createdAt: member('created_at'),
  updatedAt: member('updated_at'),
});
