import type { Payment } from '../../api/payments/payment.js';
import { isChargedAsRefunded, refundedAs } from '../../api/refunds/refund-remainder.js';
import { isFinalRefundStatus, type Refund } from '../../api/refunds/refund.js';
import type { Sighting } from '../movements/movement.js';
import type { TrackedIntent, TrackedReason } from '../store/tracked-record.js';

/**
 * What a refund that was just fetched says of the intent it was made for.
 *
 * @param payment The payment that it gives back. Undefined: amounts are not compared, nor bounded.
 */
export function refundSighting(
  refund: Refund,
  intent: TrackedIntent,
  payment: Payment | undefined,
): Sighting {
  return {
    objectId: refund.id,
    status: refund.status,
    end: endOf(refund),
    difference: differenceOf(refund, intent, payment),
    atMost: payment && wholeOf(payment),
    complianceStatus: null,
    fundsAvailable: false,
    errorCode: null,
    errorDescription: null,
  };
}

function endOf({ status }: Refund): Sighting['end'] {
  if (!isFinalRefundStatus(status)) return undefined;
  return status === 'success' ? 'succeeded' : 'failed';
}

/** All of a payment: what is settled, which is what was requested. */
function wholeOf(payment: Payment): Sighting['atMost'] {
  const { requestedAmount, requestedCurrency } = payment;
  const requested =
    requestedAmount === null || requestedCurrency === null
      ? undefined
      : { amount: requestedAmount, currency: requestedCurrency };
  return refundedAs(payment) ?? requested;
}

/**
 * A refund is asked for in what is settled, and says what the buyer gets in what was charged
 * (docs/gateway.md, Refunds): the two are compared only where one is the other.
 */
function differenceOf(
  refund: Refund,
  intent: TrackedIntent,
  payment: Payment | undefined,
): TrackedReason | undefined {
  if (refund.paymentId !== intent.subjectId) return 'order_differs';
  if (payment === undefined) return undefined;
  const whole = wholeOf(payment);
  if (whole !== undefined && whole.currency !== intent.currency) return 'currency_differs';
  const { paymentCurrency } = payment;
  if (paymentCurrency !== null && refund.currency !== paymentCurrency) return 'currency_differs';
  if (isChargedAsRefunded(payment)) {
    return refund.amount === intent.amount ? undefined : 'amount_differs';
  }
  return whole !== undefined && isOtherPart(refund, payment, intent.amount >= whole.amount)
    ? 'amount_differs'
    : undefined;
}

/** In two currencies it can still be seen whether all of the payment went back. */
function isOtherPart(
  { amount, partialRefund }: Refund,
  { paymentAmount }: Payment,
  isWholeAsked: boolean,
): boolean {
  if (isWholeAsked) return partialRefund === true;
  return partialRefund === false && paymentAmount !== null && amount >= paymentAmount;
}
