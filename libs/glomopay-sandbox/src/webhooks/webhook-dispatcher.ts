import { randomBytes } from 'node:crypto';
import type { Scheduler } from '../time/clock.js';
import type { Delivery } from './delivery.js';
import type { WebhookSender } from './webhook-sender.js';
import { signWebhook } from './webhook-signature.js';

/** The deliveries of one event. */
export interface Batch {
  /** First attempts on one subject reach an endpoint in the order of the events. */
  readonly subject: string;
  readonly deliveries: readonly Delivery[];
  readonly delayMs: number;
  /** Sent only after the next event. */
  readonly isHeldBack: boolean;
}

export interface DispatcherContext {
  readonly clock: Scheduler;
  readonly sender: WebhookSender;
  /** The one of now. */
  readonly secret: () => string;
}

/** Makes attempts until a delivery has succeeded or is given up. */
export class WebhookDispatcher {
  readonly #held: Batch[] = [];
  #stopped = false;

  readonly #context: DispatcherContext;

  constructor(context: DispatcherContext) {
    this.#context = context;
  }

  dispatch(batch: Batch): void {
    if (batch.isHeldBack) this.#held.push(batch);
    else this.#plan(batch, this.#held.splice(0));
  }

  /** One attempt now, outside the schedule. */
  async attempt(delivery: Delivery): Promise<void> {
    const { clock, sender } = this.#context;
    await delivery.endpoint.inSlot(async () => {
      if (this.#stopped) return;
      const attemptedAt = clock.now();
      const letter = { url: delivery.endpoint.url, body: delivery.event.body };
      const receipt = await sender.send({ ...letter, signature: this.#sign(delivery) });
      if (!this.#stopped) delivery.record({ attemptedAt, ...receipt });
    });
  }

  /** One attempt now; after a failure the next by the delivery's schedule. */
  async deliver(delivery: Delivery): Promise<void> {
    const { clock } = this.#context;
    if (!delivery.isPending) return;
    await this.attempt(delivery);
    if (!delivery.isPending || this.#stopped) return;
    const waitMs = delivery.nextWaitMs();
    if (waitMs === undefined) return;
    const dueAt = clock.now() + waitMs;
    delivery.planAt(dueAt);
    clock.at(dueAt, () => this.deliver(delivery));
  }

  /** Ends what is under way; nothing is sent or recorded any more. */
  stop(): void {
    this.#stopped = true;
    this.#context.sender.stop();
  }

  #plan(batch: Batch, released: readonly Batch[]): void {
    const dueAt = this.#context.clock.now() + batch.delayMs;
    for (const delivery of batch.deliveries) delivery.planAt(dueAt);
    this.#context.clock.at(dueAt, async () => {
      await this.#firstAttempts(batch);
      for (const late of released) this.#plan(late, []);
    });
  }

  async #firstAttempts({ subject, deliveries }: Batch): Promise<void> {
    const endpoints = new Set(deliveries.map(({ endpoint }) => endpoint));
    const toEach = [...endpoints].map((endpoint) => {
      const copies = deliveries.filter((delivery) => delivery.endpoint === endpoint);
      return endpoint.inOrder(subject, () => this.#attemptAll(copies));
    });
    await Promise.all(toEach);
  }

  async #attemptAll(copies: readonly Delivery[]): Promise<void> {
    await Promise.all(copies.map((delivery) => this.deliver(delivery)));
  }

  #sign({ event, isForged }: Delivery): string {
    const { secret } = this.#context;
    return signWebhook(event.body, isForged ? randomBytes(24).toString('hex') : secret());
  }
}
