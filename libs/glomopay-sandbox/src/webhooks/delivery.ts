import { randomUUID } from 'node:crypto';
import type { DeliveryAttempt, DeliveryState, WebhookDelivery } from './webhook-delivery.js';
import type { WebhookEndpoint } from './webhook-endpoint.js';
import type { EmittedEvent } from './webhook-event.js';

/** What is special about a delivery. */
export interface DeliveryTerms {
  /** The waits after failed attempts. */
  readonly retryAfterMs: readonly number[];
  /** Whether the first attempt carries a signature that is not the secret's. */
  readonly isForged: boolean;
}

/** A delivery while it is under way. */
export class Delivery {
  readonly id = randomUUID();
  readonly #attempts: DeliveryAttempt[] = [];
  #state: DeliveryState = 'pending';
  #nextAttemptAt: number | null = null;
  #failures = 0;

  readonly #terms: DeliveryTerms;

  constructor(
    readonly event: EmittedEvent,
    readonly endpoint: WebhookEndpoint,
    terms: DeliveryTerms,
  ) {
    this.#terms = terms;
  }

  get isPending(): boolean {
    return this.#state === 'pending';
  }

  /** Whether the attempt that comes next is to be signed wrongly. */
  get isForged(): boolean {
    return this.#terms.isForged && this.#attempts.length === 0;
  }

  /** Plans the next attempt. */
  planAt(moment: number): void {
    this.#nextAttemptAt = moment;
  }

  /** Records an attempt; a success ends the delivery. */
  record(attempt: DeliveryAttempt): void {
    this.#attempts.push(attempt);
    if (attempt.failure === null) this.#end('delivered');
  }

  /** How long to wait after one more failure of the schedule; `undefined` gives up. */
  nextWaitMs(): number | undefined {
    const wait = this.#terms.retryAfterMs[this.#failures];
    this.#failures += 1;
    if (wait === undefined) this.#end('given_up');
    return wait;
  }

  view(): WebhookDelivery {
    return {
      id: this.id,
      eventId: this.event.id,
      type: this.event.type,
      url: this.endpoint.url,
      body: this.event.body,
      state: this.#state,
      attempts: [...this.#attempts],
      nextAttemptAt: this.#nextAttemptAt,
    };
  }

  #end(state: DeliveryState): void {
    this.#state = state;
    this.#nextAttemptAt = null;
  }
}
