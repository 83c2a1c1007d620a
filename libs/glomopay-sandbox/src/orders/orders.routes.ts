import type { FastifyInstance } from 'fastify';
import type { Book } from '../books/book.js';
import type { ListFilters } from '../books/read-routes.js';
import { readCustomerFilter } from '../customers/customer-filter.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import { quoteOf } from '../lrs/remittance.js';
import type { LrsBooks, Remittance } from '../lrs/remittance.js';
import type { PayinNeighbours } from '../payins/read-payin.js';
import type { ResourceKit } from '../resource-kit.js';
import { useQuote } from '../quotes/usable-quote.js';
import { ORDER_STATUS_FILTERS, shownOrder } from './order.js';
import type { OrderRecord } from './order.js';
import { underReview } from './order-review.js';
import { readNewOrder } from './read-order.js';

/** What orders are made with. */
export interface OrderNeighbours extends PayinNeighbours {
  readonly lrs: LrsBooks;
}

/** What the order routes work on. */
export interface OrderContext extends ResourceKit, OrderNeighbours {
  readonly orders: Book<OrderRecord>;
}

/** Create. */
export function orderCalls(api: FastifyInstance, path: string, context: OrderContext): void {
  const { orders, customers, quotes, lrs, account, clock } = context;

  api.post(path, (request, reply) => {
    const read = readNewOrder(jsonFields(request), context);
    if (!account.duplicateCheckLast) orders.assertNew(read.request_id);
    const customer = customers.get(read.customer_id);
    if (!customer) throw GatewayError.notFound('Customer');
    const order = isRemittance(read)
      ? { ...read, quote: quoteOf(read, customer, lrs, clock) }
      : read;
    // Before an RFI is raised for it, and its quote is gone.
    orders.assertNew(order.request_id);
    if (order.lrs) useQuote(lrs.quotes, order.quote, order.id);
    else useQuote(quotes, order.quote, order.id);
    reply.code(201);
    return shownOrder(orders.open(account.orderReview ? underReview(order, context) : order));
  });
}

function isRemittance(order: OrderRecord): order is OrderRecord & { readonly lrs: Remittance } {
  return order.lrs !== undefined;
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
