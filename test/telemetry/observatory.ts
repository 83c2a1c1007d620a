import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  type DataPoint,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';

/** One series of a metric: its labels, and a count or the number of measurements. */
export interface Series {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly count: number;
}

/** OpenTelemetry's own SDK as a host sets it up, with exporters that keep what they get. */
export interface Observatory {
  spans(): readonly ReadableSpan[];
  span(name: string): ReadableSpan;
  series(metric: string): Promise<readonly Series[]>;
  /** Everything that was exported, as deep as any backend could print it. */
  everything(): Promise<string>;
}

/** Registers the SDK for the tests of a file; each test starts with nothing exported. */
export function observatory(): Observatory {
  const exporter = new InMemorySpanExporter();
  const measured = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  const reader = new PeriodicExportingMetricReader({
    exporter: measured,
    exportIntervalMillis: 3_600_000,
  });
  const meters = new MeterProvider({ readers: [reader] });
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(tracers);
    metrics.setGlobalMeterProvider(meters);
  });
  beforeEach(async () => {
    await meters.forceFlush();
    measured.reset();
    exporter.reset();
  });
  afterAll(async () => {
    await Promise.all([tracers.shutdown(), meters.shutdown()]);
    [context, trace, metrics].forEach((api) => api.disable());
  });
  const points = async () => {
    await meters.forceFlush();
    return measured
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap((scope) => scope.metrics);
  };
  const spans = () => exporter.getFinishedSpans();
  return {
    spans,
    span: (name) => {
      const found = spans().filter((span) => span.name === name);
      const [first] = found;
      if (first === undefined || found.length > 1) {
        throw new Error(`${found.length} spans are named ${name}`);
      }
      return first;
    },
    series: async (metric) =>
      (await points())
        .filter(({ descriptor }) => descriptor.name === metric)
        .flatMap(({ dataPoints }) => dataPoints.map(seriesOf)),
    everything: async () => inspect([spans(), await points()], { depth: 12, maxArrayLength: null }),
  };
}

function seriesOf({ attributes, value }: DataPoint<unknown>): Series {
  const measurements: unknown = typeof value === 'number' ? value : Object(value).count;
  return { labels: attributes, count: Number(measurements) };
}
