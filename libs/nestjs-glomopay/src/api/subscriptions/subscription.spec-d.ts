import type { CustomerId, OrderId, PaymentId, SubscriptionId } from '../../values/ids.js';
import type { PaymentsService } from '../payments/payments.service.js';
import type { CreateSubscriptionDto, CreateSubscriptionInput } from './create-subscription.dto.js';
import type { Subscription } from './subscription.js';
import type { SubscriptionsService } from './subscriptions.service.js';

/*
 * Checked by the compiler alone: what has to compile compiles, and what has an `@ts-expect-error`
 * before it does not.
 */

declare const customerId: CustomerId;
declare const text: string;

const base = {
  customerId,
  productName: 'Insurance',
  productDescription: 'All of it',
  amount: 1000,
  currency: 'USD',
  expiresAt: '2026-03-20',
  notifyCustomer: true,
};
const fixed = {
  ...base,
  billingCycles: 12,
  startDate: '2026-03-01',
  startsWithFirstPayment: false,
};
const presented = { ...base, maxAmount: 5000, startsWithFirstPayment: true } as const;

/** What a route of the host was given: its rules are checked before anything is sent. */
export function fromRoute(
  subscriptions: SubscriptionsService,
  body: CreateSubscriptionDto,
): unknown {
  // @ts-expect-error a plan that is written down says what it needs
  void subscriptions.create({ ...fixed, intervalType: 'month', intervalCount: 1, maxAmount: 5000 });
  return subscriptions.create(body);
}

export const plans: readonly CreateSubscriptionInput[] = [
  { ...fixed, intervalType: 'month', intervalCount: 3 },
  { ...fixed, intervalType: 'year', intervalCount: 1 },
  { ...presented, intervalType: 'as_presented', splitIds: ['psplit_1'] },
  { ...presented, intervalType: 'as_presented', customerId: text },

  // @ts-expect-error every third year is no interval
  { ...fixed, intervalType: 'year', intervalCount: 3 },
  // @ts-expect-error nor is every second month
  { ...fixed, intervalType: 'month', intervalCount: 2 },
  // @ts-expect-error a fixed plan says how often
  { ...fixed, intervalType: 'month' },
  // @ts-expect-error a fixed plan has no cap
  { ...fixed, intervalType: 'month', intervalCount: 1, maxAmount: 5000 },
  // @ts-expect-error nor splits
  { ...fixed, intervalType: 'month', intervalCount: 1, splitIds: ['psplit_1'] },
  // @ts-expect-error what is charged as presented has a cap
  { ...base, intervalType: 'as_presented', startsWithFirstPayment: true },
  // @ts-expect-error and no first day
  { ...presented, intervalType: 'as_presented', startDate: '2026-03-01' },
  // @ts-expect-error and no number of charges
  { ...presented, intervalType: 'as_presented', billingCycles: 12 },
  // @ts-expect-error and starts with its first payment
  { ...presented, intervalType: 'as_presented', startsWithFirstPayment: false },
  // @ts-expect-error a week is no interval
  { ...fixed, intervalType: 'week', intervalCount: 1 },
  // @ts-expect-error an order is no customer
  { ...presented, intervalType: 'as_presented', customerId: '' as unknown as OrderId },
];

export async function calls(
  subscriptions: SubscriptionsService,
  payments: PaymentsService,
  subscription: Subscription,
  orderId: OrderId,
  paymentId: PaymentId,
): Promise<void> {
  subscription.id satisfies SubscriptionId;
  await subscriptions.pause(subscription.id);
  await subscriptions.moveNextPayment(text, '2026-03-20');
  // @ts-expect-error an order is no subscription
  await subscriptions.cancel(orderId);
  // @ts-expect-error nor is a payment
  await subscriptions.get(paymentId);
  // @ts-expect-error `authorized` is in no documented filter
  await subscriptions.list({ status: 'authorized' });

  const charge = { subscriptionId: subscription.id, amount: 1000, currency: 'USD' };
  await payments.charge({ ...charge, requestId: 'charge-1' });
  // @ts-expect-error a charge without a key of its own could be made twice
  await payments.charge(charge);
  // @ts-expect-error the gateway has the card
  await payments.charge({ ...charge, requestId: 'charge-1', card: {} });
  // @ts-expect-error nobody comes back from a bank
  await payments.charge({ ...charge, requestId: 'charge-1', callbackUrl: 'https://shop.example/' });
  // @ts-expect-error an order is not charged
  await payments.charge({ ...charge, requestId: 'charge-1', subscriptionId: orderId });
}
