import { RoutePattern } from '../gateway/route-pattern.js';
import type { KeyRing } from '../keys/key-ring.js';
import { type Fault, type FaultName, faultOf, type FaultOptions } from './fault.js';

interface Waiting {
  /** `undefined` for the callback, which is no route. */
  readonly route: RoutePattern | undefined;
  readonly fault: Fault;
}

/** Faults on demand. Each one happens once, to the next request it fits, in the order queued. */
export class FaultQueue {
  readonly #waiting: Waiting[] = [];

  /** @internal */
  constructor(private readonly keys: KeyRing) {}

  /**
   * Lets the next request of a route go wrong.
   *
   * @param route `POST /api/v1/payments`, `GET /api/v1/payments/:id`, a concrete path, or
   *   `callback` for `callback-with-older-key`.
   * @throws {TypeError} when route, fault and options do not belong together.
   */
  next(route: string, fault: FaultName, options: FaultOptions = {}): void {
    this.enqueue(route, fault, options);
  }

  /** As {@link next}, for a fault's name that comes from outside. @internal */
  enqueue(route: string, name: string, options: FaultOptions): void {
    const fault = faultOf(name, options);
    if ((route === 'callback') !== (fault.name === 'callback-with-older-key')) {
      throw new TypeError("'callback-with-older-key' and the route 'callback' belong together");
    }
    if (route === 'callback' && this.keys.older() === undefined) {
      throw new TypeError('There is no older active key: rotate the key first');
    }
    const pattern = route === 'callback' ? undefined : RoutePattern.parse(route);
    this.#waiting.push({ route: pattern, fault });
  }

  /** How many faults are still waiting for their request. */
  get pending(): number {
    return this.#waiting.length;
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The fault for this request, taken off the queue. @internal */
  take(method: string, path: string): Fault | undefined {
    return this.#takeFirst(({ route }) => route?.matches(method, path) ?? false);
  }

  /** The fault for this callback, taken off the queue. @internal */
  takeForCallback(): Fault | undefined {
    return this.#takeFirst(({ route }) => route === undefined);
  }

  #takeFirst(fits: (waiting: Waiting) => boolean): Fault | undefined {
    const index = this.#waiting.findIndex(fits);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0]?.fault;
  }
}
