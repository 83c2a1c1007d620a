/**
 * What OpenTelemetry has been given once, its API keeps: it takes a graph of modules of its own.
 *
 * @jest-environment node
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type INestApplication } from '@nestjs/common';
import { afterEach, describe, expect, it } from '@jest/globals';
import { context, trace, TraceFlags } from '@opentelemetry/api';
import {
  type GlomopayEvent,
  InProcessEngine,
  OnGlomopayEvent,
  WebhookInbox,
} from 'nestjs-glomopay';
import { observatory } from '../telemetry/observatory.js';
import { until } from '../support/until.js';
import { type InboxHost, startInboxHost } from './inbox-host.js';

const requests = new AsyncLocalStorage<string>();
const seen = observatory();

/** Says in which async context it begins and goes on, and enters one itself. */
@Injectable()
class Witness {
  readonly begun: unknown[] = [];
  readonly gone: unknown[] = [];

  @OnGlomopayEvent('*')
  async hear({ id }: GlomopayEvent): Promise<void> {
    this.begun.push(requests.getStore(), trace.getSpan(context.active()));
    requests.enterWith(`entered for ${id}`);
    await sleep(5);
    this.gone.push(requests.getStore() === `entered for ${id}`);
  }

  @OnGlomopayEvent('refund.success')
  hearToo(): void {
    this.begun.push(requests.getStore(), trace.getSpan(context.active()));
    requests.enterWith('entered by another');
  }
}

/** A middleware that runs each request in a context of its own, as tenants and tracers do. */
function inContexts(app: INestApplication): void {
  let count = 0;
  app.use((_request: unknown, _response: unknown, next: () => void) => {
    count += 1;
    const traceId = count.toString(16).padStart(32, '0');
    const span = trace.wrapSpanContext({
      traceId,
      spanId: 'abcdefabcdefabcd',
      traceFlags: TraceFlags.SAMPLED,
    });
    requests.run(`request ${count}`, () =>
      context.with(trace.setSpan(context.active(), span), next),
    );
  });
}

describe('A handler of events', () => {
  let host: InboxHost | undefined;
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  it.each([1, 16])(
    'runs in nobody’s async context, with %d at once for 15 events of 15 requests',
    async (concurrency) => {
      const engine = new InProcessEngine({ concurrency });
      host = await startInboxHost('express', {
        providers: [Witness],
        tracking: { engine, inbox: { pollEveryMs: 0 } },
        prepare: inContexts,
      });
      const { app, deliver } = host;
      const answers = await Promise.all(
        Array.from({ length: 15 }, (_, n) =>
          deliver({
            data: { id: `refund_${n}` },
            entity_type: 'refund',
            event_type: 'success',
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array.from(answers, () => 200));
      await until(async () => (await app.get(WebhookInbox).counts()).open === 0);
      const { begun, gone } = app.get(Witness);
      expect(begun).toEqual(Array.from({ length: 60 }, () => undefined));
      expect(gone).toEqual(Array.from({ length: 15 }, () => true));
      const runs = seen.spans().filter(({ name }) => name === 'glomopay.event');
      expect(runs.length).toBeGreaterThanOrEqual(30);
      expect(runs.map(({ parentSpanContext }) => parentSpanContext)).toEqual(
        Array.from(runs, () => undefined),
      );
    },
  );
});
