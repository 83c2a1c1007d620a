import {
  looseBoolean,
  looseId,
  looseInteger,
  looseObject,
  looseObjects,
} from '../../wire/readers.js';
import { may, shape, type SnapshotOf } from '../../wire/shape.js';
import { readMoney } from '../parts/money.js';
import { readAttachedDocument } from '../parts/documents.js';

/** A refund at the time of an event. */
export type RefundSnapshot = SnapshotOf<typeof refundShape>;

export const refundShape = shape('refund', {
  id: may('id', looseId<'refund'>()),
  customerId: may('customer_id', looseId<'customer'>()),
  paymentId: may('payment_id', looseId<'payment'>()),
  status: may('status'),
  reason: may('reason'),
  /** Minor units of `currency`. */
  amount: may('amount', looseInteger),
  /** What the payment was charged in; may differ from the currency of your request. */
  currency: may('currency'),
  partialRefund: may('partial_refund', looseBoolean),
  /** The bank's reference; `refund.utr.updated` brings it. */
  utr: may('utr'),
  /** What was taken from your balance. */
  balanceUsed: may('balance_used', looseObject(readMoney)),
  fees: may(
    'fees',
    looseObject((fees) => ({
      fxFees: fees.read('fx_fees', looseObject(readMoney)),
      txnFees: fees.read('txn_fees', looseObject(readMoney)),
    })),
  ),
  documents: may('documents', looseObjects(readAttachedDocument)),
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});
