import type { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import type { Customer } from '../customers/customer.js';
import type { PaymentRecord } from '../payments/payment.js';
import type { ResourceKit } from '../resource-kit.js';
import { chargePlan } from './charge.js';
import { subscriptionActions } from './subscription-actions.js';
import { SUBSCRIPTION_BOARD } from './subscription-board.js';
import { subscriptionBook } from './subscription-book.js';
import type { Subscription, SubscriptionRecord } from './subscription.js';
import { SUBSCRIPTION_FILTERS, subscriptionCalls } from './subscriptions.routes.js';

/** `/api/v1/subscriptions`: create, list, get, pause, resume, cancel, and another day for a charge. */
export function subscriptionResource(
  kit: ResourceKit,
  customers: Book<Customer>,
  payments: Book<PaymentRecord>,
): Resource<SubscriptionRecord, Subscription> {
  const book = subscriptionBook(kit, (record) =>
    chargePlan(record, { ...kit, payments, customers }),
  );
  return new Resource<SubscriptionRecord, Subscription>({
    book,
    shown: ({ subscription }) => subscription,
    paths: ['/subscriptions'],
    filters: SUBSCRIPTION_FILTERS,
    calls: (api, path, { origin }) =>
      subscriptionCalls(api, path, { ...kit, subscriptions: book, customers, origin }),
    actions: subscriptionActions(book, kit),
    summary: summaryOf,
    board: SUBSCRIPTION_BOARD,
  });
}

function summaryOf({ subscription, created_at }: SubscriptionRecord): object {
  const { id, customer_id, status, amount, currency, next_payment_date } = subscription;
  return { id, customer_id, status, amount, currency, next_payment_date, created_at };
}
