import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Span } from '@opentelemetry/api';
import {
  callChannel,
  type GlomopayCallEndMessage,
  type GlomopayCallMessage,
} from '../diagnostics/call-messages.js';
import { VERSION } from '../version.js';
import {
  callEndAttributes,
  callEndLabels,
  callLabels,
  callStartAttributes,
  retryAttributes,
} from './call-attributes.js';
import type { Instruments } from './instruments.js';
import type { OpenTelemetry } from './open-telemetry.js';
import { quietly } from './quietly.js';

/** Runs what a channel wraps with OpenTelemetry's own context, whichever manager keeps that. */
class ContextScope extends AsyncLocalStorage<Context> {
  readonly #api: OpenTelemetry;

  constructor(api: OpenTelemetry) {
    super();
    this.#api = api;
  }

  override run<R, A extends unknown[]>(
    context: Context,
    callback: (...args: A) => R,
    ...args: A
  ): R {
    return this.#api.context.with(context, callback, undefined, ...args);
  }
}

interface RunningSpan {
  readonly span: Span;
  readonly startedAt: number;
}

/** Makes a span of each call, and measures it. */
export class CallTelemetry {
  readonly #api: OpenTelemetry;
  readonly #instruments: () => Instruments;
  readonly #scope: ContextScope;
  readonly #spans = new WeakMap<GlomopayCallMessage, RunningSpan>();

  constructor(api: OpenTelemetry, instruments: () => Instruments) {
    this.#api = api;
    this.#instruments = instruments;
    this.#scope = new ContextScope(api);
  }

  /** Begins to listen; gives what ends it. */
  listen(): () => void {
    const ended = (message: unknown) =>
      quietly(() => this.#end(message as GlomopayCallEndMessage), undefined);
    callChannel.start.bindStore(this.#scope, (message) =>
      quietly(() => this.#start(message as GlomopayCallMessage), this.#api.context.active()),
    );
    callChannel.asyncEnd.subscribe(ended);
    return () => {
      callChannel.start.unbindStore(this.#scope);
      callChannel.asyncEnd.unsubscribe(ended);
    };
  }

  /** Starts a span under the host's active one; gives the context in which the call runs. */
  #start(call: GlomopayCallMessage): Context {
    const { context, trace, SpanKind } = this.#api;
    const parent = context.active();
    const span = trace
      .getTracer('nestjs-glomopay', VERSION)
      .startSpan(
        `${call.method} ${call.path}`,
        { kind: SpanKind.CLIENT, attributes: callStartAttributes(call) },
        parent,
      );
    this.#spans.set(call, { span, startedAt: Date.now() });
    return trace.setSpan(parent, span);
  }

  #end(end: GlomopayCallEndMessage): void {
    const running = this.#spans.get(end.call);
    if (running !== undefined) this.#endSpan(running, end);
    const { callDuration, retries } = this.#instruments();
    const labels = callLabels(end.call);
    callDuration.record(end.durationMs / 1_000, { ...labels, ...callEndLabels(end) });
    for (const { reason } of end.retries) {
      retries.add(1, { ...labels, 'glomopay.retry.reason': reason });
    }
  }

  #endSpan({ span, startedAt }: RunningSpan, end: GlomopayCallEndMessage): void {
    for (const retry of end.retries) {
      span.addEvent('glomopay.retry', retryAttributes(retry), startedAt + retry.afterMs);
    }
    span.setAttributes(callEndAttributes(end));
    if (end.outcome !== 'ok') {
      const message = end.errorCode ?? 'internal';
      span.setStatus({ code: this.#api.SpanStatusCode.ERROR, message });
    }
    span.end();
  }
}
