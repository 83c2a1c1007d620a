import type { Book } from '../books/book.js';
import { markPaid } from '../orders/order-book.js';
import type { Order } from '../orders/order.js';
import type { Clock } from '../time/clock.js';
import type { MatchedPayin, MatchingPayins } from './connect-payin.js';
import { ofOrder } from './payable.js';

/** Orders, for transfers that look for what they were meant for. */
export function orderPayins(orders: Book<Order>, clock: Clock): MatchingPayins {
  return {
    find: (id) => {
      const order = orders.get(id);
      return order && payin(order);
    },
    list: () => orders.list().map(payin),
    markPaid: (id) => markPaid(orders, id, clock),
  };
}

function payin(order: Order): MatchedPayin {
  const { amount, currency, status } = order;
  return { payable: ofOrder(order), isActive: status === 'active', asked: { amount, currency } };
}
