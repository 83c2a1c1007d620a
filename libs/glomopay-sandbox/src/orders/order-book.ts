import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import { canBePaid, PAYIN_MOVES } from '../payins/payin-status.js';
import type { PayinStatus } from '../payins/payin-status.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { monthsLater } from '../time/months.js';
import { ORDER, shownOrder } from './order.js';
import type { OrderRecord } from './order.js';

const MONTHS_TO_PAY = 3;

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
        lifecycle<OrderRecord, PayinStatus>({
          statusOf: (order) => order.status,
          moves: PAYIN_MOVES,
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
  if (!canBePaid(orders.get(id)?.status)) return;
  orders.move(id, { status: 'paid', updated_at: timestamp(clock) });
}

function expiryOf(order: OrderRecord): number {
  if (order.quote) return Date.parse(order.quote.expires_at);
  return monthsLater(Date.parse(order.created_at), MONTHS_TO_PAY);
}
