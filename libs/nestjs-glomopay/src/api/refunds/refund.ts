import {
  id,
  looseBoolean,
  looseId,
  looseObject,
  looseObjects,
  looseText,
  minorUnits,
  openText,
  text,
} from '../../wire/readers.js';
import { may, must, shape, type ObjectOf, type SnapshotOf } from '../../wire/shape.js';
import type { WireReader } from '../../wire/wire-object.js';
import { readAttachedDocument } from '../parts/documents.js';
import type { RefundReason } from './create-refund.dto.js';
import { readRefundFees } from './refund-fees.js';
import { looseMoney } from '../parts/money.js';

/** Status of a refund. `success`, `failed` and `cancelled` are final; a status that is not listed is not. */
export type RefundStatus =
  | 'in_progress'
  | 'under_review'
  | 'action_required'
  | 'success'
  | 'failed'
  | 'cancelled'
  | (string & {});

/** Why money was given back; the last two are refunds that the gateway makes by itself. */
export type RefundReasonText =
  | RefundReason
  | 'Refunded For Subscription Verification'
  | 'Refunded For Subscription Card Update'
  | (string & {});

/** An older description calls `in_progress` so (docs/gateway.md, Refunds). */
const olderStatuses = { pending: 'in_progress' } as const;

const reasonText: WireReader<RefundReasonText | null> = looseText;

/**
 * What money is decided by is checked: id, status, the payment, amount and currency. The rest is
 * tolerated.
 */
export const refundShape = shape('refund', {
  id: must('id', id('refund')),
  customerId: may('customer_id', looseId<'customer'>()),
  paymentId: must('payment_id', id('payment')),
  status: must('status', openText<RefundStatus>(olderStatuses)),
  reason: may('reason', reasonText),
  /** Minor units of `currency`: what the buyer gets. Not to be compared with the amount you asked for. */
  amount: must('amount', minorUnits),
  /** What the payment was charged in; may differ from the currency of your request. */
  currency: must('currency', text),
  partialRefund: may('partial_refund', looseBoolean),
  /** The bank's reference; `refund.utr.updated` brings it. */
  utr: may('utr'),
  /** What was taken from your balance. */
  balanceUsed: may('balance_used', looseMoney),
  fees: may('fees', looseObject(readRefundFees)),
  /** Those with a `rfiDocId` and no `id` are still wanted: see `submitRfi`. */
  documents: may('documents', looseObjects(readAttachedDocument)),
  /** ISO 8601, UTC. */
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});

/** Money on its way back to a buyer, as the gateway records it. */
export interface Refund extends ObjectOf<typeof refundShape> {}

/** A refund at the time of an event. May be older than what you know; `Refund` is the truth. */
export type RefundSnapshot = SnapshotOf<typeof refundShape>;

/** A refund that a create returned. */
export interface CreatedRefund extends Refund {
  /** True when the `requestId` had been used before and the earlier refund is given back. */
  readonly replayed: boolean;
}

/** Tells whether a status never changes again (docs/gateway.md, Refunds). Unknown ones may. */
export function isFinalRefundStatus(
  status: RefundStatus,
): status is 'success' | 'failed' | 'cancelled' {
  return status === 'success' || status === 'failed' || status === 'cancelled';
}
