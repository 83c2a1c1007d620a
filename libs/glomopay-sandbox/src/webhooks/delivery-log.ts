import type { Delivery } from './delivery.js';
import type { EmittedEvent } from './webhook-event.js';

const CAPACITY = 50_000;

/** What was sent and what became of it. The oldest are forgotten above fifty thousand. */
export class DeliveryLog {
  readonly #events = new Map<string, EmittedEvent>();
  readonly #deliveries = new Map<string, Delivery>();

  record(event: EmittedEvent, deliveries: readonly Delivery[]): void {
    remember(this.#events, event);
    for (const delivery of deliveries) remember(this.#deliveries, delivery);
  }

  /** Newest first. */
  events(): EmittedEvent[] {
    return [...this.#events.values()].toReversed();
  }

  /** Newest first. */
  deliveries(): Delivery[] {
    return [...this.#deliveries.values()].toReversed();
  }

  delivery(id: string): Delivery | undefined {
    return this.#deliveries.get(id);
  }
}

function remember<T extends { readonly id: string }>(items: Map<string, T>, item: T): void {
  items.set(item.id, item);
  const [oldest] = items.keys();
  if (items.size > CAPACITY && oldest !== undefined) items.delete(oldest);
}
