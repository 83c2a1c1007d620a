import type { Counter, Histogram, MeterProvider } from '@opentelemetry/api';
import { VERSION } from '../version.js';
import type { OpenTelemetry } from './open-telemetry.js';

/** What is measured. No label is an id, a text of others, or of a person. */
export interface Instruments {
  readonly callDuration: Histogram;
  readonly retries: Counter;
  readonly callbacks: Counter;
  readonly webhooks: Counter;
  readonly outcomes: Counter;
  readonly outcomeDuration: Histogram;
  readonly eventRuns: Counter;
  readonly keyReadings: Counter;
}

/** From 5 ms to the longest deadline, as the HTTP conventions advise, with longer ones beside. */
const CALL_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90];
/** A buyer takes seconds at the bank's page, a sweeper minutes. */
const OUTCOME_SECONDS = [0.5, 1, 5, 10, 30, 60, 120, 300, 900, 3_600, 86_400];

/** Gives the instruments of the meter provider that is registered now. */
export function instrumentsOf({ metrics }: OpenTelemetry): () => Instruments {
  let provider: MeterProvider | undefined;
  let instruments: Instruments | undefined;
  return () => {
    const registered = metrics.getMeterProvider();
    if (instruments === undefined || registered !== provider) {
      provider = registered;
      instruments = made(registered);
    }
    return instruments;
  };
}

function made(provider: MeterProvider): Instruments {
  const meter = provider.getMeter('nestjs-glomopay', VERSION);
  const counter = (name: string, description: string, unit: string) =>
    meter.createCounter(name, { description, unit });
  const seconds = (name: string, description: string, explicitBucketBoundaries: number[]) =>
    meter.createHistogram(name, {
      description,
      unit: 's',
      advice: { explicitBucketBoundaries },
    });
  return {
    callDuration: seconds(
      'glomopay.client.duration',
      'Duration of calls to the gateway, with their retries',
      CALL_SECONDS,
    ),
    retries: counter('glomopay.client.retries', 'Further attempts of calls', '{retry}'),
    callbacks: counter('glomopay.callbacks', 'Callbacks that were judged', '{callback}'),
    webhooks: counter('glomopay.webhooks', 'Webhook deliveries that were judged', '{delivery}'),
    outcomes: counter('glomopay.outcomes', 'Tracked payments that came to an end', '{payment}'),
    outcomeDuration: seconds(
      'glomopay.outcome.duration',
      'Time from the intent of a payment to its end',
      OUTCOME_SECONDS,
    ),
    eventRuns: counter('glomopay.event.runs', 'Runs of webhook event handlers', '{run}'),
    keyReadings: counter('glomopay.key.readings', 'Keys that were read again', '{reading}'),
  };
}
