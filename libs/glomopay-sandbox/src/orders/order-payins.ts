import type { Book } from '../books/book.js';
import { ofOrder } from '../payments/payable.js';
import type { PayinSource } from '../payments/payin-source.js';
import type { Clock } from '../time/clock.js';
import { markPaid } from './order-book.js';
import { ORDER } from './order.js';
import type { Order } from './order.js';

/** Orders, as far as a transfer can pay them. */
export function orderPayins(orders: Book<Order>, clock: Clock): PayinSource {
  return {
    idPrefix: ORDER.idPrefix,
    find(id) {
      const order = orders.get(id);
      return order && { id, isActive: order.status === 'active', payable: ofOrder(order) };
    },
    pay: (id) => markPaid(orders, id, clock),
  };
}
