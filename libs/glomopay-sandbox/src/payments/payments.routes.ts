import type { FastifyInstance } from 'fastify';
import type { SandboxAccount } from '../account.js';
import type { CustomerDirectory } from '../customers/customer-directory.js';
import type { Clock } from '../time/clock.js';
import { GatewayError } from '../http/gateway-error.js';
import { ListQuery } from '../http/list-query.js';
import { assertIdPrefix } from '../books/object-id.js';
import { pageOf } from '../books/page.js';
import { jsonFields } from '../http/request-body.js';
import type { KeyOwner } from '../keys/secret-key.js';
import type { Order } from '../orders/order.js';
import type { OrderBook } from '../orders/order-book.js';
import { newPayment } from './new-payment.js';
import { paymentCreated } from './next-steps.js';
import type { PaymentRecord } from './payment.js';
import { paymentFilter, PAYMENT_FILTERS } from './payment-filter.js';
import type { PaymentLedger } from './payment-ledger.js';
import { readNewPayment } from './read-payment.js';
import type { PaymentRequest } from './read-payment.js';

interface ById {
  Params: { id: string };
}

/** What the payment routes work on. */
export interface PaymentRoutesContext {
  readonly payments: PaymentLedger;
  readonly orders: OrderBook;
  readonly customers: CustomerDirectory;
  readonly owner: KeyOwner;
  readonly clock: Clock;
  readonly account: SandboxAccount;
  readonly pollIntervalMs: number;
  readonly origin: () => string;
}

/** `/api/v1/payments` and `/api/v1/payment`, which are the same: create, list, get. */
export function paymentRoutes(app: FastifyInstance, context: PaymentRoutesContext): void {
  for (const path of ['/payments', '/payment']) routesAt(path, app, context);
}

function routesAt(path: string, app: FastifyInstance, context: PaymentRoutesContext): void {
  const { payments, owner, pollIntervalMs } = context;

  app.post(path, (request, reply) => {
    const record = open(readNewPayment(jsonFields(request), owner.environment), context);
    const targets = { origin: context.origin(), paymentsPath: `/api/v1${path}`, pollIntervalMs };
    // INFERRED status: other creates answer 201.
    reply.code(201);
    return paymentCreated(record, targets);
  });

  app.get(path, (request) => {
    const query = new ListQuery(request, PAYMENT_FILTERS);
    const page = pageOf(payments.list().filter(paymentFilter(query)), query.window());
    return { ...page, data: page.data.map(({ payment }) => payment) };
  });

  app.get<ById>(`${path}/:id`, (request) => {
    assertIdPrefix(request.params.id, 'payt');
    const record = payments.get(request.params.id);
    if (!record) throw GatewayError.notFound('Payment');
    return record.payment;
  });
}

function open(request: PaymentRequest, context: PaymentRoutesContext): PaymentRecord {
  const { payments, orders, customers, owner, clock, account } = context;
  if (!account.duplicateCheckLast) payments.assertNew(request.requestId);
  const order = orders.get(request.orderId);
  if (!order) throw GatewayError.notFound('Order');
  assertPayable(order);
  const country = customers.get(order.customer_id)?.country ?? '';
  const { merchantId } = owner;
  return payments.open(newPayment({ request, order, country, merchantId }, clock));
}

/** INFERRED texts: no wording is documented for an order that takes no card payment. */
function assertPayable(order: Order): void {
  if (order.status === 'paid') throw GatewayError.badRequest('Order is already paid');
  if (order.status !== 'active') throw GatewayError.badRequest('Order is not active');
  if (!order.payment_methods.includes('card')) {
    throw GatewayError.badRequest('Payment method is not enabled for this order');
  }
}
