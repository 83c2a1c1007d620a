import type { FastifyInstance } from 'fastify';
import type { Book } from '../books/book.js';
import type { Customer } from '../customers/customer.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { Order } from '../orders/order.js';
import type { ResourceKit } from '../resource-kit.js';
import { newPayment } from './new-payment.js';
import { paymentCreated } from './next-steps.js';
import type { PaymentRecord } from './payment.js';
import { readNewPayment } from './read-payment.js';
import type { PaymentRequest } from './read-payment.js';

/** What the payment routes work on. */
export interface PaymentContext extends ResourceKit {
  readonly payments: Book<PaymentRecord>;
  readonly orders: Book<Order>;
  readonly customers: Book<Customer>;
  readonly origin: () => string;
}

/** Create. */
export function paymentCalls(api: FastifyInstance, path: string, context: PaymentContext): void {
  const { owner, pollIntervalMs } = context;

  api.post(path, (request, reply) => {
    const record = open(readNewPayment(jsonFields(request), owner.environment), context);
    const targets = { origin: context.origin(), paymentsPath: `/api/v1${path}`, pollIntervalMs };
    // INFERRED status: other creates answer 201.
    reply.code(201);
    return paymentCreated(record, targets);
  });
}

function open(request: PaymentRequest, context: PaymentContext): PaymentRecord {
  const { payments, orders, customers, owner, clock, account, rates } = context;
  if (!account.duplicateCheckLast) payments.assertNew(request.requestId);
  const order = orders.get(request.orderId);
  if (!order) throw GatewayError.notFound('Order');
  assertPayable(order);
  const customer = customers.get(order.customer_id);
  const { merchantId } = owner;
  return payments.open(newPayment({ request, order, customer, merchantId, rates }, clock));
}

/** INFERRED texts: no wording is documented for an order that takes no card payment. */
function assertPayable(order: Order): void {
  if (order.status === 'paid') throw GatewayError.badRequest('Order is already paid');
  if (order.status !== 'active') throw GatewayError.badRequest('Order is not active');
  if (!order.payment_methods.includes('card')) {
    throw GatewayError.badRequest('Payment method is not enabled for this order');
  }
}
