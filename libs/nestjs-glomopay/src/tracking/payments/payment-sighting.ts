import { isFinalPaymentStatus, type Payment } from '../../api/payments/payment.js';
import type { Sighting } from '../movements/movement.js';
import type { TrackedIntent, TrackedReason } from '../store/tracked-record.js';
import { paymentSubject } from './tracked-payment.js';

/** What a payment that was just fetched says of the intent it was made for. */
export function paymentSighting(payment: Payment, intent: TrackedIntent): Sighting {
  return {
    objectId: payment.id,
    status: payment.status,
    end: endOf(payment),
    difference: differenceOf(intent, payment),
    complianceStatus: payment.complianceStatus,
    fundsAvailable: payment.fundsAvailable,
    errorCode: payment.errorCode,
    errorDescription: payment.errorDescription,
  };
}

function endOf({ status }: Payment): Sighting['end'] {
  if (!isFinalPaymentStatus(status)) return undefined;
  return status === 'success' ? 'succeeded' : 'failed';
}

/**
 * The requested amount and currency are compared, never what the buyer was charged
 * (docs/gateway.md, Amounts and currencies).
 */
function differenceOf(intent: TrackedIntent, payment: Payment): TrackedReason | undefined {
  const { orderId, paymentLinkId, subscriptionId } = paymentSubject(intent);
  const payinId = orderId ?? paymentLinkId;
  if (payinId !== null && payment.payinId !== payinId) return 'order_differs';
  if (subscriptionId !== null && payment.subscriptionId !== subscriptionId) return 'order_differs';
  if (payment.requestedAmount !== intent.amount) return 'amount_differs';
  if (payment.requestedCurrency !== intent.currency) return 'currency_differs';
  return undefined;
}
