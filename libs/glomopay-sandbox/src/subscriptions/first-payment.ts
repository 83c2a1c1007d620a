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
  const { subscription } = record;
  if (subscription.status !== 'created') {
    // INFERRED text.
    throw GatewayError.badRequest('Subscription is not waiting for its first payment');
  }
  const amount = isVerified(record) ? VERIFICATION_AMOUNT : subscription.amount;
  return payableOf(record, { amount, isAutomatic: false });
}

/**
 * Marks a subscription paid for the first time, unless it is so already or waits no more.
 *
 * @returns whether the payment has only verified the card.
 */
export function markSignedUp(
  subscriptions: Book<SubscriptionRecord>,
  { payment, behaviour }: PaymentRecord,
  now: number,
): boolean {
  const record = subscriptions.get(payment.subscription_id ?? '');
  if (record?.subscription.status !== 'created') return false;
  if (payment.payment_method.type !== 'card' || !behaviour) return false;
  const card = { card: payment.payment_method.details, behaviour };
  subscriptions.move(record.id, signedUp(record, card, now));
  return isVerified(record);
}

/** Whether the first payment is none of the plan's charges. */
function isVerified({ plan, startsWithFirstPayment }: SubscriptionRecord): boolean {
  return plan !== undefined && !startsWithFirstPayment;
}
