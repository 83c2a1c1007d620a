import type { FastifyInstance } from 'fastify';
import type { SandboxAccount } from '../account.js';
import type { CustomerDirectory } from '../customers/customer-directory.js';
import type { Clock } from '../time/clock.js';
import { GatewayError } from '../http/gateway-error.js';
import { ListQuery } from '../http/list-query.js';
import { assertIdPrefix } from '../books/object-id.js';
import { pageOf } from '../books/page.js';
import { jsonFields } from '../http/request-body.js';
import { ORDER_STATUS_FILTERS } from './order.js';
import type { Order } from './order.js';
import type { OrderBook } from './order-book.js';
import { readNewOrder } from './read-order.js';

interface ById {
  Params: { id: string };
}

/** What the order routes work on. */
export interface OrderRoutesContext {
  readonly orders: OrderBook;
  readonly customers: CustomerDirectory;
  readonly clock: Clock;
  readonly account: SandboxAccount;
}

/** `/api/v1/orders`: create, list, get. */
export function orderRoutes(app: FastifyInstance, context: OrderRoutesContext): void {
  const { orders, customers, clock, account } = context;

  app.post('/orders', (request, reply) => {
    const order = readNewOrder(jsonFields(request), clock);
    if (!account.duplicateCheckLast) orders.assertNew(order);
    if (!customers.get(order.customer_id)) throw GatewayError.notFound('Customer');
    reply.code(201);
    return orders.open(order);
  });

  app.get('/orders', (request) => {
    const query = new ListQuery(request, ['customer_id', 'status', 'request_id']);
    const wanted = orderFilter(query);
    return pageOf(orders.list().filter(wanted), query.window());
  });

  app.get<ById>('/orders/:id', (request) => {
    assertIdPrefix(request.params.id, 'order');
    const order = orders.get(request.params.id);
    if (!order) throw GatewayError.notFound('Order');
    return order;
  });
}

function orderFilter(query: ListQuery): (order: Order) => boolean {
  const customerId = query.text('customer_id');
  if (customerId !== undefined && !customerId.startsWith('cust_')) throw invalidCustomer();
  const status = query.oneOf('status', ORDER_STATUS_FILTERS);
  const requestId = query.text('request_id');
  return (order) =>
    (customerId === undefined || order.customer_id === customerId) &&
    (status === undefined || order.status === status) &&
    (requestId === undefined || order.request_id === requestId);
}

/** Documented with `message` alone. */
function invalidCustomer(): GatewayError {
  return new GatewayError(400, { message: 'Invalid customer_id' });
}
