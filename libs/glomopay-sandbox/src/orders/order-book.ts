import { Book } from '../books/book.js';
import { timestamp } from '../time/clock.js';
import type { Clock, Scheduler } from '../time/clock.js';
import { ORDER } from './order.js';
import type { Order } from './order.js';

const MONTHS_TO_PAY = 3;

/**
 * All orders: an unpaid one expires after three months.
 *
 * @param told hears of each order that expires, once.
 */
export function orderBook(clock: Scheduler, told: (order: Order) => void): Book<Order> {
  return new Book<Order>(
    {
      ...ORDER,
      requestIdOf: (order) => order.request_id,
      expiry: {
        dueAt: (order) => (order.status === 'active' ? expiryOf(order) : undefined),
        change: () => ({ status: 'expired', updated_at: timestamp(clock) }),
        told,
      },
    },
    clock,
  );
}

/**
 * A payment under way when the order expired may still pay it.
 *
 * @returns the order if it has become paid now.
 */
export function markPaid(orders: Book<Order>, id: string, clock: Clock): Order | undefined {
  const status = orders.get(id)?.status;
  if (status !== 'active' && status !== 'expired') return undefined;
  return orders.move(id, { status: 'paid', updated_at: timestamp(clock) });
}

function expiryOf(order: Order): number {
  const expiry = new Date(order.created_at);
  return expiry.setUTCMonth(expiry.getUTCMonth() + MONTHS_TO_PAY);
}
