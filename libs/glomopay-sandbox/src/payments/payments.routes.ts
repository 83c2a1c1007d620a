import type { FastifyInstance } from 'fastify';
import type { Book } from '../books/book.js';
import type { Customer } from '../customers/customer.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { Order, OrderRecord } from '../orders/order.js';
import type { ResourceKit } from '../resource-kit.js';
import { openCharge } from '../subscriptions/charge.js';
import { firstPayable } from '../subscriptions/first-payment.js';
import type { SubscriptionRecord } from '../subscriptions/subscription.js';
import { newPayment } from './new-payment.js';
import { paymentCreated } from './next-steps.js';
import { ofOrder } from './payable.js';
import type { Payable } from './payable.js';
import type { PaymentRecord } from './payment.js';
import { readCharge } from './read-charge.js';
import { readNewPayment } from './read-payment.js';
import type { PaymentRequest, PaymentTarget } from './read-payment.js';

/** What the payment routes work on. */
export interface PaymentContext extends ResourceKit {
  readonly payments: Book<PaymentRecord>;
  readonly orders: Book<OrderRecord>;
  readonly subscriptions: Book<SubscriptionRecord>;
  readonly customers: Book<Customer>;
  readonly origin: () => string;
}

/** Create: a card payment, or a further charge of a subscription. */
export function paymentCalls(api: FastifyInstance, path: string, context: PaymentContext): void {
  const { owner, account, pollIntervalMs } = context;

  api.post(path, (request, reply) => {
    const fields = jsonFields(request);
    const record = fields.has('sequence')
      ? openCharge(readCharge(fields, account), context)
      : open(readNewPayment(fields, owner.environment, account), context);
    const targets = { origin: context.origin(), paymentsPath: `/api/v1${path}`, pollIntervalMs };
    // INFERRED status: other creates answer 201.
    reply.code(201);
    return paymentCreated(record, targets);
  });
}

function open(request: PaymentRequest, context: PaymentContext): PaymentRecord {
  const { payments, customers, owner, clock, account, rates } = context;
  if (!account.duplicateCheckLast) payments.assertNew(request.requestId);
  const payable = payableOf(request, context);
  const customer = customers.get(payable.members.customer_id ?? '');
  const { merchantId } = owner;
  return payments.open(newPayment({ request, payable, customer, merchantId, rates }, clock));
}

function payableOf(
  { orderId, subscriptionId }: PaymentTarget,
  { orders, subscriptions }: PaymentContext,
): Payable {
  if (subscriptionId !== undefined) return firstPayable(subscriptions.get(subscriptionId));
  const order = orderId === undefined ? undefined : orders.get(orderId);
  if (!order) throw GatewayError.notFound('Order');
  assertPayable(order);
  return ofOrder(order);
}

/** INFERRED texts: no wording is documented for an order that takes no card payment. */
function assertPayable(order: Order): void {
  if (order.status === 'paid') throw GatewayError.badRequest('Order is already paid');
  if (order.status !== 'active') throw GatewayError.badRequest('Order is not active');
  if (order.lrs || !order.payment_methods.includes('card')) {
    throw GatewayError.badRequest('Payment method is not enabled for this order');
  }
}
