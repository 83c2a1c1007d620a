import { GatewayError } from '../http/gateway-error.js';
import type { Scheduler } from '../time/clock.js';
import type { Lifecycle } from './lifecycle.js';
import { assertIdPrefix } from './object-id.js';
import { Plans } from '../time/plans.js';

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
  /** How a used one is refused. @defaultValue 400 "… already exists for this request_id" */
  readonly duplicate?: () => GatewayError;
  /** @defaultValue it stays as it is */
  readonly expiry?: Expiry<T>;
  /** Its statuses, each with a lifecycle of its own. @defaultValue any change is legal, and untold */
  readonly lifecycles?: readonly Lifecycle<T>[];
}

/** How an object changes by time alone. */
export interface Expiry<T> {
  /** When it expires, in milliseconds since the Unix epoch; `undefined` when it does not, or has. */
  readonly dueAt: (item: T) => number | undefined;
  readonly change: (item: T) => Partial<T>;
}

/** All objects of one kind, in memory, each as it is at this moment. */
export class Book<T extends Stored> {
  readonly #items = new Map<string, T>();
  readonly #requestIds = new Set<string>();
  readonly #plans: Plans<(item: T) => Partial<T>>;

  readonly #rules: BookRules<T>;
  readonly #clock: Scheduler;

  constructor(rules: BookRules<T>, clock: Scheduler) {
    this.#rules = rules;
    this.#clock = clock;
    this.#plans = new Plans(clock, (id) => void this.get(id));
  }

  /** @throws {GatewayError} when the merchant has used this `request_id` for such an object before. */
  assertNew(requestId: string | null): void {
    if (requestId !== null && this.#requestIds.has(requestId)) {
      const { kind, duplicate } = this.#rules;
      throw duplicate?.() ?? GatewayError.badRequest(`${kind} already exists for this request_id`);
    }
  }

  /** Adds an object. @throws {GatewayError} when its `request_id` was used before. */
  open(item: T): T {
    const requestId = this.#rules.requestIdOf?.(item) ?? null;
    this.assertNew(requestId);
    if (requestId !== null) this.#requestIds.add(requestId);
    this.#put(item);
    for (const lifecycle of this.#rules.lifecycles ?? []) lifecycle.tell(item);
    return item;
  }

  /**
   * Changes an object. A new status is told to the merchant's servers and drops what
   * {@link moveLater} planned.
   *
   * @returns it as it is now; `undefined` when there is none of this id.
   * @throws {GatewayError} for a status that must not follow the one it has; nothing is changed.
   */
  move(id: string, change: Partial<T>): T | undefined {
    const item = this.get(id);
    return item && this.#change(item, change);
  }

  /**
   * Changes an object by itself after a while on the sandbox's clock, once, unless its status has
   * changed by then. A later plan replaces the one before.
   *
   * @param change reads the object as it is when the time has come.
   */
  moveLater(id: string, delayMs: number, change: (item: T) => Partial<T>): void {
    this.#plans.set(id, this.#clock.now() + delayMs, change);
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
    const change = this.#plans.takeDue(item.id) ?? this.#expiryOf(item);
    return change ? this.#current(this.#change(item, change(item))) : item;
  }

  #expiryOf(item: T): Expiry<T>['change'] | undefined {
    const { expiry } = this.#rules;
    const dueAt = expiry?.dueAt(item);
    return dueAt !== undefined && dueAt <= this.#clock.now() ? expiry?.change : undefined;
  }

  #change(item: T, change: Partial<T>): T {
    const changed = { ...item, ...change };
    const told = (this.#rules.lifecycles ?? []).filter((each) => each.changes(item, changed));
    if (told.length > 0) this.#plans.drop(item.id);
    this.#put(changed, item);
    for (const lifecycle of told) lifecycle.tell(changed, item);
    return changed;
  }

  #put(item: T, before?: T): void {
    this.#items.set(item.id, item);
    const dueAt = this.#rules.expiry?.dueAt(item);
    if (dueAt === undefined || (before && this.#rules.expiry?.dueAt(before) === dueAt)) return;
    this.#clock.at(dueAt, async () => void this.get(item.id));
  }
}
