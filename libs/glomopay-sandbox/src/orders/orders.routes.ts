import type { FastifyInstance } from 'fastify';
import type { Book } from '../books/book.js';
import type { ListFilters } from '../books/read-routes.js';
import { readCustomerFilter } from '../customers/customer-filter.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { PayinNeighbours } from '../payins/read-payin.js';
import type { ResourceKit } from '../resource-kit.js';
import { useQuote } from '../quotes/usable-quote.js';
import { ORDER_STATUS_FILTERS, shownOrder } from './order.js';
import type { OrderRecord } from './order.js';
import { underReview } from './order-review.js';
import { readNewOrder } from './read-order.js';

/** What the order routes work on. */
export interface OrderContext extends ResourceKit, PayinNeighbours {
  readonly orders: Book<OrderRecord>;
}

/** Create. */
export function orderCalls(api: FastifyInstance, path: string, context: OrderContext): void {
  const { orders, customers, quotes, account } = context;

  api.post(path, (request, reply) => {
    const order = readNewOrder(jsonFields(request), context);
    if (!account.duplicateCheckLast) orders.assertNew(order.request_id);
    if (!customers.get(order.customer_id)) throw GatewayError.notFound('Customer');
    // Before an RFI is raised for it, and its quote is gone.
    orders.assertNew(order.request_id);
    useQuote(quotes, order.quote, order.id);
    reply.code(201);
    return shownOrder(orders.open(account.orderReview ? underReview(order, context) : order));
  });
}

/** The query parameters of `GET /orders`, paging aside. */
export const ORDER_FILTERS: ListFilters<OrderRecord> = {
  names: ['customer_id', 'status', 'request_id'],
  read: (query) => {
    const customerId = readCustomerFilter(query);
    const status = query.oneOf('status', ORDER_STATUS_FILTERS);
    const requestId = query.text('request_id');
    return (order) =>
      (customerId === undefined || order.customer_id === customerId) &&
      (status === undefined || order.status === status) &&
      (requestId === undefined || order.request_id === requestId);
  },
};
