import type { Book } from '../books/book.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Payable } from '../payments/payable.js';
import type { PaymentRecord } from '../payments/payment.js';
import { payableOf } from './payable.js';
import { signedUp } from './subscription-change.js';
import { SUBSCRIPTION } from './subscription.js';
import type { SubscriptionRecord } from './subscription.js';

/** INFERRED: in minor units of the subscription's currency; only that there is such a charge is documented. */
const VERIFICATION_AMOUNT = 100;

/** What a first card pays: the first charge, or a small one that verifies the card. */
export function firstPayable(record: SubscriptionRecord | undefined): Payable {
  if (!record) throw GatewayError.notFound(SUBSCRIPTION.kind);
  const { subscription, plan, startsWithFirstPayment } = record;
  if (subscription.status !== 'created') {
    // INFERRED text.
    throw GatewayError.badRequest('Subscription is not waiting for its first payment');
  }
  const isCharge = !plan || startsWithFirstPayment;
  const amount = isCharge ? subscription.amount : VERIFICATION_AMOUNT;
  return payableOf(record, { amount, isAutomatic: false });
}

/** Marks a subscription paid for the first time, unless it is so already or waits no more. */
export function markSignedUp(
  subscriptions: Book<SubscriptionRecord>,
  { payment, behaviour }: PaymentRecord,
  now: number,
): void {
  const record = subscriptions.get(payment.subscription_id ?? '');
  if (record?.subscription.status !== 'created') return;
  if (payment.payment_method.type !== 'card' || !behaviour) return;
  const card = { card: payment.payment_method.details, behaviour };
  subscriptions.move(record.id, signedUp(record, card, now));
}
