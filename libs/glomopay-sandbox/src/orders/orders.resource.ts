import type { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import type { Customer } from '../customers/customer.js';
import type { ResourceKit } from '../resource-kit.js';
import { orderChanged } from '../webhooks/payment-events.js';
import { orderBook } from './order-book.js';
import { ORDER_BOARD } from './order-board.js';
import type { Order } from './order.js';
import { ORDER_FILTERS, orderCalls } from './orders.routes.js';

/** `/api/v1/orders`: create, list, get. */
export function orderResource(
  { clock, account, publish }: ResourceKit,
  customers: Book<Customer>,
): Resource<Order, Order> {
  const book = orderBook(clock, (order) => publish(orderChanged(order)));
  return new Resource<Order, Order>({
    book,
    shown: (order) => order,
    paths: ['/orders'],
    filters: ORDER_FILTERS,
    calls: (api, path) => orderCalls(api, path, { orders: book, customers, clock, account }),
    summary: summaryOf,
    board: ORDER_BOARD,
  });
}

function summaryOf(order: Order): object {
  const { id, customer_id, status, amount, currency, request_id, created_at } = order;
  return { id, customer_id, status, amount, currency, request_id, created_at };
}
