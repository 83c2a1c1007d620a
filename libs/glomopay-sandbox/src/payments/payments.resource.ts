import type { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import type { Customer } from '../customers/customer.js';
import type { OrderRecord } from '../orders/order.js';
import type { ResourceKit } from '../resource-kit.js';
import type { SubscriptionRecord } from '../subscriptions/subscription.js';
import { transferCalls } from './mock-transfer.routes.js';
import type { PayinSource } from './payin-source.js';
import { PAYMENT_BOARD } from './payment-board.js';
import { paymentActions } from './payment-actions.js';
import { PAYMENT_FILTERS } from './payment-filter.js';
import type { Payment, PaymentRecord } from './payment.js';
import { paymentCalls } from './payments.routes.js';

/** `/api/v1/payments` and `/api/v1/payment`, which are the same: create, list, get. */
export function paymentResource(
  kit: ResourceKit,
  payments: Book<PaymentRecord>,
  orders: Book<OrderRecord>,
  subscriptions: Book<SubscriptionRecord>,
  customers: Book<Customer>,
  payins: readonly PayinSource[],
): Resource<PaymentRecord, Payment> {
  return new Resource<PaymentRecord, Payment>({
    book: payments,
    shown: ({ payment }) => payment,
    paths: ['/payments', '/payment'],
    filters: PAYMENT_FILTERS,
    calls: (api, path, { origin, environment }) => {
      paymentCalls(api, path, { ...kit, payments, orders, subscriptions, customers, origin });
      // Nothing shows the rest under the other spelling, and production has no mocks.
      if (path !== '/payment') return;
      const transfers = { ...kit, payments, customers, payins };
      paymentActions(api, path, transfers);
      if (environment === 'sandbox') transferCalls(api, path, transfers);
    },
    summary: summaryOf,
    board: PAYMENT_BOARD,
  });
}

function summaryOf({ payment, requestId: request_id }: PaymentRecord): object {
  const { id, payin_id, subscription_id, status, error_code, created_at, updated_at } = payment;
  const { requested_amount, requested_currency } = payment;
  return {
    id,
    payin_id,
    subscription_id,
    status,
    error_code,
    requested_amount,
    requested_currency,
    request_id,
    created_at,
    updated_at,
  };
}
