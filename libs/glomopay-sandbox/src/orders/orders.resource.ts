import { action } from '../books/actions.js';
import type { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import type { Customer } from '../customers/customer.js';
import type { ResourceKit } from '../resource-kit.js';
import { readRfiAnswers } from '../rfi/read-answers.js';
import { orderBook } from './order-book.js';
import { ORDER_BOARD } from './order-board.js';
import type { Order } from './order.js';
import { ORDER_FILTERS, orderCalls } from './orders.routes.js';

/** `/api/v1/orders`: create, list, get, and the answer to a review. */
export function orderResource(kit: ResourceKit, customers: Book<Customer>): Resource<Order, Order> {
  const book = orderBook(kit);
  return new Resource<Order, Order>({
    book,
    shown: (order) => order,
    paths: ['/orders'],
    filters: ORDER_FILTERS,
    calls: (api, path) => orderCalls(api, path, { ...kit, orders: book, customers }),
    actions: {
      'PATCH update-rfi': action(
        (fields) => readRfiAnswers(fields, 'id'),
        ({ id }, answers) => {
          kit.rfis.answer(kit.rfis.about(id)?.id ?? '', answers, 'order');
          return book.find(id);
        },
      ),
    },
    summary: summaryOf,
    board: ORDER_BOARD,
  });
}

function summaryOf(order: Order): object {
  const { id, customer_id, status, amount, currency, request_id, created_at } = order;
  return { id, customer_id, status, amount, currency, request_id, created_at };
}
