import type { Payment } from '../../api/payments/payment.js';
import { isId, type PaymentId } from '../../values/ids.js';
import { STRAY } from '../movements/stray.js';
import type { TrackedIntent, TrackedKey, TrackedRecord } from '../store/tracked-record.js';

/** The payment that a stray record stands for. */
export function strayPaymentId({
  requestId,
}: Pick<TrackedKey, 'requestId'>): PaymentId | undefined {
  const id = requestId.slice(STRAY.length);
  return requestId.startsWith(STRAY) && isPaymentId(id) ? id : undefined;
}

/** The record of a stray payment, under the reference of a record that it stands beside. */
export function strayIntent(payment: Payment, beside: TrackedRecord): TrackedIntent {
  return {
    account: beside.account,
    kind: 'payment',
    requestId: `${STRAY}${payment.id}`,
    reference: beside.reference,
    subjectId: beside.subjectId,
    exclusive: beside.exclusive,
    amount: payment.requestedAmount ?? payment.paymentAmount ?? 0,
    currency: payment.requestedCurrency ?? payment.paymentCurrency ?? beside.currency,
  };
}

function isPaymentId(value: string): value is PaymentId {
  return isId('payment', value);
}
