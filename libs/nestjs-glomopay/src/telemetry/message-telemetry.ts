import type { Channel } from 'node:diagnostics_channel';
import type { Attributes } from '@opentelemetry/api';
import { callbackChannel, type GlomopayCallbackMessage } from '../diagnostics/callback-message.js';
import { eventChannel, type GlomopayEventMessage } from '../diagnostics/event-message.js';
import { keysChannel, type GlomopayKeysMessage } from '../diagnostics/keys-message.js';
import { outcomeChannel, type GlomopayOutcomeMessage } from '../diagnostics/outcome-message.js';
import { webhookChannel, type GlomopayWebhookMessage } from '../diagnostics/webhook-message.js';
import { VERSION } from '../version.js';
import { given } from './call-attributes.js';
import type { Instruments } from './instruments.js';
import type { OpenTelemetry } from './open-telemetry.js';
import { quietly } from './quietly.js';

/** A span for something that is over when it is told. */
interface Happening {
  readonly name: string;
  readonly attributes: Attributes;
  readonly fault?: string | undefined;
  readonly durationMs?: number;
}

/** Makes a short span of each callback, webhook, handler run and outcome, and counts it. */
export class MessageTelemetry {
  readonly #api: OpenTelemetry;
  readonly #instruments: () => Instruments;

  constructor(api: OpenTelemetry, instruments: () => Instruments) {
    this.#api = api;
    this.#instruments = instruments;
  }

  /** Begins to listen; gives what ends it. */
  listen(): () => void {
    const ends = [
      subscribed<GlomopayCallbackMessage>(callbackChannel, (message) => this.#callback(message)),
      subscribed<GlomopayWebhookMessage>(webhookChannel, (message) => this.#webhook(message)),
      subscribed<GlomopayEventMessage>(eventChannel, (message) => this.#event(message)),
      subscribed<GlomopayOutcomeMessage>(outcomeChannel, (message) => this.#outcome(message)),
      subscribed<GlomopayKeysMessage>(keysChannel, (message) => this.#keys(message)),
    ];
    return () => ends.forEach((end) => end());
  }

  #callback({ account, result, reason, orderId, paymentId, status }: GlomopayCallbackMessage) {
    const labels = {
      'glomopay.account': account,
      'glomopay.result': result,
      ...given('error.type', reason),
    };
    this.#instruments().callbacks.add(1, labels);
    const ids = {
      ...given('glomopay.order.id', orderId),
      ...given('glomopay.payment.id', paymentId),
    };
    const attributes = { ...labels, ...ids, ...given('glomopay.callback.status', status) };
    this.#span({ name: 'glomopay.callback', attributes, fault: reason });
  }

  #webhook({ account, result, reason, type }: GlomopayWebhookMessage) {
    const fault = result === 'refused' || result === 'not_stored' ? (reason ?? result) : undefined;
    const labels = {
      'glomopay.account': account,
      'glomopay.result': result,
      ...given('error.type', fault),
    };
    this.#instruments().webhooks.add(1, labels);
    const attributes = { ...labels, ...given('glomopay.event.type', type) };
    this.#span({ name: 'glomopay.webhook', attributes, fault });
  }

  #event({ account, handler, type, state, attempt, durationMs }: GlomopayEventMessage) {
    const labels = {
      'glomopay.account': account,
      'glomopay.event.handler': handler,
      'glomopay.event.type': type,
      'glomopay.event.state': state,
    };
    this.#instruments().eventRuns.add(1, labels);
    const attributes = { ...labels, 'glomopay.event.attempt': attempt };
    const fault = state === 'done' ? undefined : state;
    this.#span({ name: 'glomopay.event', attributes, fault, durationMs });
  }

  #outcome(message: GlomopayOutcomeMessage) {
    const { account, kind, state, reason, orderId, paymentId, refundId, durationMs } = message;
    const labels = {
      'glomopay.account': account,
      'glomopay.outcome.kind': kind,
      'glomopay.outcome.state': state,
      ...given('glomopay.outcome.reason', reason),
    };
    const { outcomes, outcomeDuration } = this.#instruments();
    outcomes.add(1, labels);
    outcomeDuration.record(durationMs / 1_000, labels);
    const ids = {
      ...given('glomopay.order.id', orderId),
      ...given('glomopay.payment.id', paymentId),
      ...given('glomopay.refund.id', refundId),
    };
    const attributes = { ...labels, ...ids, 'glomopay.outcome.duration_ms': durationMs };
    // A declined payment is a result; a mismatch is what somebody must look at.
    const fault = state === 'mismatch' || state === 'needs_attention' ? state : undefined;
    this.#span({ name: 'glomopay.outcome', attributes, fault });
  }

  /** Counted alone: no call and no request is where keys are read. */
  #keys({ account, option, result, cause }: GlomopayKeysMessage) {
    this.#instruments().keyReadings.add(1, {
      'glomopay.account': account,
      'glomopay.key.option': option,
      'glomopay.key.cause': cause,
      'glomopay.result': result,
    });
  }

  #span({ name, attributes, fault, durationMs = 0 }: Happening): void {
    const startTime = Date.now() - durationMs;
    const span = this.#api.trace
      .getTracer('nestjs-glomopay', VERSION)
      .startSpan(name, { attributes, startTime });
    if (fault !== undefined) {
      span.setStatus({ code: this.#api.SpanStatusCode.ERROR, message: fault });
    }
    span.end();
  }
}

/** Only the library publishes on these channels, so their messages are what they say they are. */
function subscribed<T>(channel: Channel, listener: (message: T) => void): () => void {
  const listening = (message: unknown): void => quietly(() => listener(message as T), undefined);
  channel.subscribe(listening);
  return () => channel.unsubscribe(listening);
}
