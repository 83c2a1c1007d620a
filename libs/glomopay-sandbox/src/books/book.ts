import { GatewayError } from '../http/gateway-error.js';
import type { Scheduler } from '../time/clock.js';
import { assertIdPrefix } from './object-id.js';

/** What a book holds: anything with an id and a moment of creation. */
export interface Stored {
  readonly id: string;
  readonly created_at: string;
}

/** What one kind of object has in common. */
export interface BookRules<T extends Stored> {
  /** As the gateway's messages call it: "Order not found". */
  readonly kind: string;
  /** How its ids begin: `order` for `order_…`. */
  readonly idPrefix: string;
  /** The duplicate guard it came with. @defaultValue it has none */
  readonly requestIdOf?: (item: T) => string | null;
  /** @defaultValue it stays as it is */
  readonly expiry?: Expiry<T>;
}

/** How an object changes by time alone. */
export interface Expiry<T> {
  /** When it expires, in milliseconds since the Unix epoch; `undefined` when it does not, or has. */
  readonly dueAt: (item: T) => number | undefined;
  readonly change: () => Partial<T>;
  /** Hears of each object that expires, once. */
  readonly told: (expired: T) => void;
}

/** All objects of one kind, in memory, each as it is at this moment. */
export class Book<T extends Stored> {
  readonly #items = new Map<string, T>();
  readonly #requestIds = new Set<string>();
  readonly #rules: BookRules<T>;
  readonly #clock: Scheduler;

  constructor(rules: BookRules<T>, clock: Scheduler) {
    this.#rules = rules;
    this.#clock = clock;
  }

  /** @throws {GatewayError} when the merchant has used this `request_id` for such an object before. */
  assertNew(requestId: string | null): void {
    if (requestId !== null && this.#requestIds.has(requestId)) {
      throw GatewayError.badRequest(`${this.#rules.kind} already exists for this request_id`);
    }
  }

  /** Adds an object. @throws {GatewayError} when its `request_id` was used before. */
  open(item: T): T {
    const requestId = this.#rules.requestIdOf?.(item) ?? null;
    this.assertNew(requestId);
    if (requestId !== null) this.#requestIds.add(requestId);
    const dueAt = this.#rules.expiry?.dueAt(item);
    if (dueAt !== undefined) this.#clock.at(dueAt, async () => void this.get(item.id));
    return this.#put(item);
  }

  /** Changes an object. @returns it as it is now; `undefined` when there is none of this id. */
  move(id: string, change: Partial<T>): T | undefined {
    const item = this.get(id);
    return item && this.#put({ ...item, ...change });
  }

  get(id: string): T | undefined {
    const item = this.#items.get(id);
    return item && this.#current(item);
  }

  /** The object of a path. @throws {GatewayError} 400 for the id of another kind, 404 for an unknown one. */
  find(id: string): T {
    const { kind, idPrefix } = this.#rules;
    assertIdPrefix(id, idPrefix);
    const item = this.get(id);
    if (!item) throw GatewayError.notFound(kind);
    return item;
  }

  /** Newest first. */
  list(): T[] {
    return [...this.#items.values()].toReversed().map((item) => this.#current(item));
  }

  #current(item: T): T {
    const { expiry } = this.#rules;
    const dueAt = expiry?.dueAt(item);
    if (!expiry || dueAt === undefined || this.#clock.now() < dueAt) return item;
    const expired = this.#put({ ...item, ...expiry.change() });
    expiry.told(expired);
    return expired;
  }

  #put(item: T): T {
    this.#items.set(item.id, item);
    return item;
  }
}
