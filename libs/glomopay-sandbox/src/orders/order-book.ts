import { timestamp } from '../time/clock.js';
import type { Scheduler } from '../time/clock.js';
import { Collection } from '../books/collection.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Order, OrderStatus } from './order.js';

const MONTHS_TO_PAY = 3;

/** All orders, each with the status it has now: an unpaid one expires after three months. */
export class OrderBook {
  readonly #orders = new Collection<Order>();
  readonly #requestIds = new Set<string>();

  /** @param onExpired hears of each order that expires, once. */
  constructor(
    private readonly clock: Scheduler,
    private readonly onExpired: (order: Order) => void,
  ) {}

  /** @throws {GatewayError} when the merchant has used this `request_id` before. */
  assertNew(order: Order): void {
    if (order.request_id !== null && this.#requestIds.has(order.request_id)) {
      throw GatewayError.badRequest('Order already exists for this request_id');
    }
  }

  open(order: Order): Order {
    this.assertNew(order);
    if (order.request_id !== null) this.#requestIds.add(order.request_id);
    this.clock.at(expiryOf(order), async () => void this.get(order.id));
    return this.#orders.put(order);
  }

  get(id: string): Order | undefined {
    const order = this.#orders.get(id);
    return order && this.#current(order);
  }

  /** Newest first. */
  list(): Order[] {
    return this.#orders.newestFirst().map((order) => this.#current(order));
  }

  /**
   * A payment under way when the order expired may still pay it.
   *
   * @returns the order if it has become paid now.
   */
  markPaid(id: string): Order | undefined {
    const order = this.get(id);
    const isOpen = order?.status === 'active' || order?.status === 'expired';
    return isOpen ? this.#move(order, 'paid') : undefined;
  }

  #current(order: Order): Order {
    if (order.status !== 'active' || this.clock.now() < expiryOf(order)) return order;
    const expired = this.#move(order, 'expired');
    this.onExpired(expired);
    return expired;
  }

  #move(order: Order, status: OrderStatus): Order {
    return this.#orders.put({ ...order, status, updated_at: timestamp(this.clock) });
  }
}

function expiryOf(order: Order): number {
  const expiry = new Date(order.created_at);
  return expiry.setUTCMonth(expiry.getUTCMonth() + MONTHS_TO_PAY);
}
