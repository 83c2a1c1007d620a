import { type Clock, timestamp } from '../gateway/clock.js';
import { Collection } from '../gateway/collection.js';
import { GatewayError } from '../gateway/gateway-error.js';
import type { Order, OrderStatus } from './order.js';

const monthsToPay = 3;

/** All orders, each with the status it has now: an unpaid one expires after three months. */
export class OrderBook {
  readonly #orders = new Collection<Order>();
  readonly #requestIds = new Set<string>();

  constructor(private readonly clock: Clock) {}

  /** @throws {GatewayError} when the merchant has used this `request_id` before. */
  assertNew(order: Order): void {
    if (order.request_id !== null && this.#requestIds.has(order.request_id)) {
      throw GatewayError.badRequest('Order already exists for this request_id');
    }
  }

  open(order: Order): Order {
    this.assertNew(order);
    if (order.request_id !== null) this.#requestIds.add(order.request_id);
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

  /** A payment under way when the order expired may still pay it. */
  markPaid(id: string): void {
    const order = this.get(id);
    if (order?.status === 'active' || order?.status === 'expired') this.#move(order, 'paid');
  }

  #current(order: Order): Order {
    if (order.status !== 'active') return order;
    const expiry = new Date(order.created_at);
    expiry.setUTCMonth(expiry.getUTCMonth() + monthsToPay);
    return this.clock.now() < expiry.getTime() ? order : this.#move(order, 'expired');
  }

  #move(order: Order, status: OrderStatus): Order {
    return this.#orders.put({ ...order, status, updated_at: timestamp(this.clock) });
  }
}
