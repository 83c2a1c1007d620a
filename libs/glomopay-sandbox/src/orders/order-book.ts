import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import type { Moves } from '../books/lifecycle.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { ORDER, shownOrder } from './order.js';
import type { OrderRecord, OrderStatus } from './order.js';

const MONTHS_TO_PAY = 3;

/** A payment under way when the order expired may still pay it. */
const MOVES: Moves<OrderStatus> = {
  active: ['paid', 'expired', 'cancelled'],
  action_required: ['under_review'],
  under_review: ['active', 'failed', 'action_required'],
  expired: ['paid'],
  paid: [],
  failed: [],
  cancelled: [],
};

/** All orders: an unpaid one expires after three months, or with its quote. */
export function orderBook({
  clock,
  publish,
}: Pick<ResourceKit, 'clock' | 'publish'>): Book<OrderRecord> {
  return new Book<OrderRecord>(
    {
      ...ORDER,
      requestIdOf: (order) => order.request_id,
      lifecycles: [
        lifecycle<OrderRecord, OrderStatus>({
          statusOf: (order) => order.status,
          moves: MOVES,
          events: {
            publish,
            entity: 'orders',
            shown: shownOrder,
            atOpen: ['action_required'],
          },
        }),
      ],
      expiry: {
        dueAt: (order) => (order.status === 'active' ? expiryOf(order) : undefined),
        change: () => ({ status: 'expired', updated_at: timestamp(clock) }),
      },
    },
    clock,
  );
}

/** Marks an order paid, unless it is so already or takes no money any more. */
export function markPaid(orders: Book<OrderRecord>, id: string, clock: Clock): void {
  const status = orders.get(id)?.status;
  if (status !== 'active' && status !== 'expired') return;
  orders.move(id, { status: 'paid', updated_at: timestamp(clock) });
}

function expiryOf(order: OrderRecord): number {
  if (order.quote) return Date.parse(order.quote.expires_at);
  const expiry = new Date(order.created_at);
  return expiry.setUTCMonth(expiry.getUTCMonth() + MONTHS_TO_PAY);
}
