import { randomUUID } from 'node:crypto';
import type { Fault } from '../faults/fault.js';
import type { FaultQueue } from '../faults/fault-queue.js';
import type { SandboxClock } from '../time/sandbox-clock.js';
import type { Environment } from '../keys/secret-key.js';
import { Delivery } from './delivery.js';
import type { DeliveryTerms } from './delivery.js';
import { DeliveryLog } from './delivery-log.js';
import { isInCatalogue } from './event-catalogue.js';
import type { WebhookEntityType } from './event-catalogue.js';
import { RETRY_SCHEDULES } from './retry-schedule.js';
import { CONNECTION_TEST, testResult } from './webhook-connection-test.js';
import type { WebhookTestResult } from './webhook-connection-test.js';
import type { WebhookDelivery } from './webhook-delivery.js';
import { WebhookDispatcher } from './webhook-dispatcher.js';
import { WebhookEndpoint } from './webhook-endpoint.js';
import { bodyOf, subjectOf, typeOf } from './webhook-event.js';
import type { EmittedEvent, WebhookEvent } from './webhook-event.js';
import { WebhookSender } from './webhook-sender.js';
import { assertWebhookUrls } from './webhook-url.js';

export interface SandboxWebhooksContext {
  readonly clock: SandboxClock;
  readonly faults: FaultQueue;
  readonly environment: Environment;
  readonly webhookSecret: string;
  readonly webhookTimeoutMs: number;
}

export interface EmitOptions {
  /** Lets a name through that is not in the gateway's catalogue. @defaultValue false */
  readonly allowUnknown?: boolean;
}

/** What the gateway tells the merchant's servers, and what became of it. */
export class SandboxWebhooks {
  readonly #log = new DeliveryLog();
  readonly #dispatcher: WebhookDispatcher;
  #endpoints: readonly WebhookEndpoint[] = [];
  #secret: string;

  readonly #context: SandboxWebhooksContext;

  /** @internal */
  constructor(context: SandboxWebhooksContext) {
    this.#context = context;
    const { clock, webhookSecret, webhookTimeoutMs } = context;
    this.#secret = webhookSecret;
    const sender = new WebhookSender(webhookTimeoutMs);
    this.#dispatcher = new WebhookDispatcher({ clock, sender, secret: () => this.#secret });
  }

  /** What attempts are signed with from now on, those of earlier events too. */
  get secret(): string {
    return this.#secret;
  }

  /** As the merchant does at the dashboard. @throws {TypeError} for a blank one. */
  set secret(secret: string) {
    if (!secret.trim()) throw new TypeError('A webhook secret must not be blank');
    this.#secret = secret;
  }

  /** Where webhooks go: every event to every one. What is under way keeps its address. */
  get endpoints(): readonly string[] {
    return this.#endpoints.map(({ url }) => url);
  }

  /** @throws {TypeError} for a URL that is neither https nor http on a loopback address. */
  set endpoints(urls: readonly string[]) {
    assertWebhookUrls(urls);
    this.#endpoints = urls.map((url) => new WebhookEndpoint(url));
  }

  /** Every event so far, newest first, also those that nobody listened to. */
  events(): EmittedEvent[] {
    return this.#log.events();
  }

  /** One per event and endpoint, newest first. */
  deliveries(): WebhookDelivery[] {
    return this.#log.deliveries().map((delivery) => delivery.view());
  }

  delivery(id: string): WebhookDelivery | undefined {
    return this.#log.delivery(id)?.view();
  }

  /**
   * Sends an event of the gateway's catalogue, signed like any other; `settled()` waits for it.
   *
   * @throws {TypeError} for a name outside the catalogue, or data that JSON cannot carry.
   */
  emit(
    entityType: WebhookEntityType | (string & {}),
    eventType: string,
    data: object,
    { allowUnknown = false }: EmitOptions = {},
  ): EmittedEvent {
    if (!allowUnknown && !isInCatalogue(entityType, eventType)) {
      throw new TypeError('The gateway documents no such event; allowUnknown sends it anyway');
    }
    return this.publish({ entityType, eventType, data });
  }

  /** Resolves when every attempt that is due has been made. */
  settled(): Promise<void> {
    return this.#context.clock.settled();
  }

  /**
   * Sends a delivery once more, now. Its schedule goes on as it was, unless this attempt succeeds.
   *
   * @throws {Error} for an unknown id.
   */
  async resend(id: string): Promise<WebhookDelivery> {
    const delivery = this.#log.delivery(id);
    if (!delivery) throw new Error('There is no such delivery in this sandbox');
    await this.#dispatcher.attempt(delivery);
    return delivery.view();
  }

  /** The dashboard's test: one attempt at each endpoint, and what the dashboard would say. */
  async sendTest(): Promise<WebhookTestResult[]> {
    const deliveries = this.#record(
      this.#newEvent(CONNECTION_TEST),
      { retryAfterMs: [], isForged: false },
      1,
    );
    await Promise.all(deliveries.map((delivery) => this.#dispatcher.deliver(delivery)));
    return deliveries.map((delivery) => testResult(delivery.view()));
  }

  /** @internal */
  publish(event: WebhookEvent): EmittedEvent {
    const emitted = this.#newEvent(event);
    const fault = this.#context.faults.takeForWebhook(emitted.type, event.earlier !== undefined);
    this.#dispatch(event, emitted, fault);
    if (fault?.name === 'webhook-stale-snapshot' && event.earlier) {
      this.#dispatch(event.earlier, this.#newEvent(event.earlier), undefined);
    }
    return emitted;
  }

  /** @internal */
  stop(): void {
    this.#dispatcher.stop();
  }

  #newEvent(event: WebhookEvent): EmittedEvent {
    const emittedAt = this.#context.clock.now();
    return { id: randomUUID(), type: typeOf(event), body: bodyOf(event), emittedAt };
  }

  #dispatch(event: WebhookEvent, emitted: EmittedEvent, fault: Fault | undefined): void {
    const terms = {
      retryAfterMs: RETRY_SCHEDULES[this.#context.environment],
      isForged: fault?.name === 'webhook-wrong-signature',
    };
    this.#dispatcher.dispatch({
      subject: subjectOf(event) ?? emitted.id,
      deliveries: this.#record(emitted, terms, fault?.name === 'webhook-duplicate' ? 2 : 1),
      delayMs: fault?.name === 'webhook-delayed' ? fault.delayMs : 0,
      isHeldBack: fault?.name === 'webhook-reordered',
    });
  }

  #record(event: EmittedEvent, terms: DeliveryTerms, copies: number): Delivery[] {
    const receivers = this.#endpoints.flatMap((endpoint) =>
      Array<WebhookEndpoint>(copies).fill(endpoint),
    );
    const deliveries = receivers.map((endpoint) => new Delivery(event, endpoint, terms));
    this.#log.record(event, deliveries);
    return deliveries;
  }
}
