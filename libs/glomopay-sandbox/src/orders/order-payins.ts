import type { Book } from '../books/book.js';
import { ofOrder } from '../payments/payable.js';
import type { Payin, PayinSource } from '../payments/payin-source.js';
import type { Clock } from '../time/clock.js';
import { markPaid } from './order-book.js';
import { ORDER } from './order.js';
import type { OrderRecord } from './order.js';

/** Orders, as far as a transfer can pay them. */
export function orderPayins(orders: Book<OrderRecord>, clock: Clock): PayinSource {
  return {
    idPrefix: ORDER.idPrefix,
    find(id) {
      const order = orders.get(id);
      return order && takesTransfers(order) ? payinOf(order) : undefined;
    },
    list: () => orders.list().filter(takesTransfers).map(payinOf),
    pay: (id) => markPaid(orders, id, clock),
  };
}

/** INFERRED: what residents of India remit comes through their bank's page alone. */
function takesTransfers({ lrs }: OrderRecord): boolean {
  return lrs === undefined;
}

function payinOf(order: OrderRecord): Payin {
  return { id: order.id, isActive: order.status === 'active', payable: ofOrder(order) };
}
