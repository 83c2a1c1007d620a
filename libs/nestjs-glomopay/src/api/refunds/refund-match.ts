import { differences } from '../../http/differences.js';
import type { Payment } from '../payments/payment.js';
import { isChargedAsRefunded, refundedAs } from './refund-remainder.js';
import type { Refund } from './refund.js';

/** A refund under a `request_id`, with the payment by which its amount can be compared. */
export interface FoundRefund extends Pick<Refund, 'id' | 'raw'> {
  readonly refund: Refund;
  /** Undefined when no amount was asked for: then nothing has to be compared. */
  readonly payment: Payment | undefined;
}

/**
 * The members in which a refund is another one than was asked for.
 *
 * The amounts of request and answer can be in two currencies (docs/gateway.md, Refunds). Where they are, it can
 * still be seen whether all was asked for and all is refunded.
 */
export function differingRefund(
  asked: Readonly<Record<string, unknown>>,
  { refund, payment }: FoundRefund,
): readonly string[] {
  const { payment_id: paymentId, amount } = asked;
  const other = differences([['paymentId', paymentId, refund.paymentId]]);
  if (other.length > 0) return other;
  const all = payment && refundedAs(payment);
  if (typeof amount !== 'number' || (all !== undefined && amount >= all.amount)) {
    return refund.partialRefund === true ? ['amount'] : [];
  }
  const isOther =
    payment !== undefined && isChargedAsRefunded(payment) && refund.currency === all?.currency
      ? refund.amount !== amount
      : refund.partialRefund === false;
  return isOther ? ['amount'] : [];
}
