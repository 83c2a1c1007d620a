import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CallTelemetry } from './call-telemetry.js';
import { instrumentsOf } from './instruments.js';
import { MessageTelemetry } from './message-telemetry.js';
import { loadOpenTelemetry, type OpenTelemetry } from './open-telemetry.js';

/** The subscription of this process: its holders, and what ends it. */
interface Subscription {
  readonly holders: Set<object>;
  ending: Promise<() => void> | undefined;
}

const SCOPE = 'nestjs-glomopay';
const SUBSCRIPTION = Symbol.for('nestjs-glomopay:telemetry');

/**
 * Spans and metrics by OpenTelemetry, where its API is installed and an SDK is registered. Made from the
 * messages of the library's diagnostics channels, so a process has one subscription however many
 * accounts, applications and copies of the library are in it.
 */
@Injectable()
export class Telemetry implements OnModuleInit, OnApplicationShutdown {
  async onModuleInit(): Promise<void> {
    const subscription = subscriptionOfProcess();
    subscription.holders.add(this);
    subscription.ending ??= subscribe();
    await subscription.ending;
  }

  async onApplicationShutdown(): Promise<void> {
    const subscription = subscriptionOfProcess();
    subscription.holders.delete(this);
    if (subscription.holders.size > 0 || subscription.ending === undefined) return;
    const { ending } = subscription;
    subscription.ending = undefined;
    (await ending)();
  }
}

/** Both builds of the library agree on it. */
function subscriptionOfProcess(): Subscription {
  const known: unknown = Reflect.get(globalThis, SUBSCRIPTION);
  if (known !== undefined) return known as Subscription;
  const subscription: Subscription = { holders: new Set(), ending: undefined };
  Reflect.set(globalThis, SUBSCRIPTION, subscription);
  return subscription;
}

async function subscribe(): Promise<() => void> {
  const api = await loadOpenTelemetry();
  if (api === undefined || !hasReceiver(api)) return () => undefined;
  const instruments = instrumentsOf(api);
  const ends = [
    new CallTelemetry(api, instruments).listen(),
    new MessageTelemetry(api, instruments).listen(),
  ];
  return () => ends.forEach((end) => end());
}

/** Whether an SDK is registered: without one, spans and metrics would be made and thrown away. */
function hasReceiver({
  createNoopMeter,
  metrics,
  ProxyTracerProvider,
  trace,
}: OpenTelemetry): boolean {
  const tracers = trace.getTracerProvider();
  const isTraced =
    !(tracers instanceof ProxyTracerProvider) || tracers.getDelegateTracer(SCOPE) !== undefined;
  return isTraced || metrics.getMeterProvider().getMeter(SCOPE) !== createNoopMeter();
}
