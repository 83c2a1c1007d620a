import { action } from '../books/actions.js';
import { Resource } from '../books/resource.js';
import type { ResourceKit } from '../resource-kit.js';
import { readRfiAnswers } from '../rfi/read-answers.js';
import { orderBook } from './order-book.js';
import { ORDER_BOARD } from './order-board.js';
import { shownOrder } from './order.js';
import type { Order, OrderRecord } from './order.js';
import { ORDER_FILTERS, orderCalls } from './orders.routes.js';
import type { OrderNeighbours } from './orders.routes.js';

/** `/api/v1/orders`: create, list, get, and the answer to a review. */
export function orderResource(
  kit: ResourceKit,
  neighbours: OrderNeighbours,
): Resource<OrderRecord, Order> {
  const book = orderBook(kit);
  return new Resource<OrderRecord, Order>({
    book,
    shown: shownOrder,
    paths: ['/orders'],
    filters: ORDER_FILTERS,
    calls: (api, path) => orderCalls(api, path, { ...kit, ...neighbours, orders: book }),
    actions: {
      'PATCH update-rfi': action(
        (fields) => readRfiAnswers(fields, 'id'),
        ({ id }, answers) => {
          kit.rfis.answerAbout(id, answers, 'order');
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
