import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import type { Moves } from '../books/lifecycle.js';
import { Resource } from '../books/resource.js';
import type { Customer } from '../customers/customer.js';
import type { Order } from '../orders/order.js';
import type { ResourceKit } from '../resource-kit.js';
import { PAYMENT_BOARD } from './payment-board.js';
import { PAYMENT_FILTERS } from './payment-filter.js';
import { PAYMENT } from './payment.js';
import type { Payment, PaymentRecord, PaymentStatus } from './payment.js';
import { paymentCalls } from './payments.routes.js';

const MOVES: Moves<PaymentStatus> = {
  in_progress: ['success', 'failed', 'action_required'],
  action_required: ['under_review', 'success'],
  under_review: ['success', 'failed'],
  success: [],
  failed: [],
};

/** `/api/v1/payments` and `/api/v1/payment`, which are the same: create, list, get. */
export function paymentResource(
  kit: ResourceKit,
  orders: Book<Order>,
  customers: Book<Customer>,
): Resource<PaymentRecord, Payment> {
  const payments = new Book<PaymentRecord>(
    {
      ...PAYMENT,
      requestIdOf: (record) => record.requestId,
      lifecycles: [
        lifecycle<PaymentRecord, PaymentStatus>({
          statusOf: ({ payment }) => payment.status,
          moves: MOVES,
          events: { publish: kit.publish, entity: 'payment', shown: ({ payment }) => payment },
        }),
      ],
    },
    kit.clock,
  );
  return new Resource<PaymentRecord, Payment>({
    book: payments,
    shown: ({ payment }) => payment,
    paths: ['/payments', '/payment'],
    filters: PAYMENT_FILTERS,
    calls: (api, path, { origin }) =>
      paymentCalls(api, path, { ...kit, payments, orders, customers, origin }),
    summary: summaryOf,
    board: PAYMENT_BOARD,
  });
}

function summaryOf({ payment, requestId: request_id }: PaymentRecord): object {
  const { id, payin_id, status, error_code, created_at, updated_at } = payment;
  const { requested_amount, requested_currency } = payment;
  return {
    id,
    payin_id,
    status,
    error_code,
    requested_amount,
    requested_currency,
    request_id,
    created_at,
    updated_at,
  };
}
