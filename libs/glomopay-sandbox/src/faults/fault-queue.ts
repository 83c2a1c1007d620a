import type { KeyRing } from '../keys/key-ring.js';
import { faultOf } from './fault.js';
import type { Fault, FaultName, FaultOptions } from './fault.js';
import { faultTarget } from './fault-target.js';
import type { FaultTarget } from './fault-target.js';

interface Waiting {
  readonly target: FaultTarget;
  readonly fault: Fault;
}

/** Faults on demand. Each one happens once, to the next thing it fits, in the order queued. */
export class FaultQueue {
  readonly #waiting: Waiting[] = [];

  readonly #keys: KeyRing;

  /** @internal */
  constructor(keys: KeyRing) {
    this.#keys = keys;
  }

  /**
   * Lets the next request of a route, the next callback or the next webhook go wrong.
   *
   * @param route `POST /api/v1/payments`, `GET /api/v1/payments/{id}`, a concrete path; `callback`
   *   for `callback-…` faults; `webhook` or `webhook payment.success` for `webhook-…` faults, apart
   *   from `webhook-before-answer`, which happens to a request.
   * @throws {TypeError} when route, fault and options do not belong together.
   */
  next(route: string, fault: FaultName, options: FaultOptions = {}): void {
    this.enqueue(route, fault, options);
  }

  /** As {@link next}, for a fault's name that comes from outside. @internal */
  enqueue(route: string, name: string, options: FaultOptions): void {
    const fault = faultOf(name, options);
    const target = faultTarget(route, fault.name);
    if (target.kind === 'callback' && this.#keys.older() === undefined) {
      throw new TypeError('There is no older active key: rotate the key first');
    }
    this.#waiting.push({ target, fault });
  }

  /** How many faults are still waiting. */
  get pending(): number {
    return this.#waiting.length;
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The fault for this request, taken off the queue. @internal */
  take(method: string, path: string): Fault | undefined {
    return this.#takeFirst(
      ({ target }) => target.kind === 'request' && target.route.matches(method, path),
    );
  }

  /** The fault for this callback, taken off the queue. @internal */
  takeForCallback(): Fault | undefined {
    return this.#takeFirst(({ target }) => target.kind === 'callback');
  }

  /** The fault for this event, taken off the queue. @internal */
  takeForWebhook(type: string, hasEarlierState: boolean): Fault | undefined {
    return this.#takeFirst(
      ({ target, fault }) =>
        target.kind === 'webhook' &&
        (target.type === undefined || target.type === type) &&
        (hasEarlierState || fault.name !== 'webhook-stale-snapshot'),
    );
  }

  #takeFirst(fits: (waiting: Waiting) => boolean): Fault | undefined {
    const index = this.#waiting.findIndex(fits);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0]?.fault;
  }
}
