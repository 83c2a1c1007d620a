import { describe, expect, it } from '@jest/globals';
import { setImmediate, setTimeout as pause } from 'node:timers/promises';
import { anOrderBody, aPageBody, aStartedPaymentBody } from '../support/library/bodies.js';
import { cleanUp } from '../support/library/clean-up.js';
import { failureOf } from '../support/library/failure-of.js';
import { FastClock } from '../support/library/fast-clock.js';
import { holdLimits, limitsPass, limitsRunning } from '../support/library/held-limits.js';
import { openLibrary } from '../support/library/open-library.js';
import { RawServer } from '../support/library/raw-server.js';
import { Recorder, type Reply } from '../support/library/recorder.js';
import { anOrder, aPayment } from '../support/library/requests.js';
import { until } from '../support/until.js';

const opened = cleanUp();
holdLimits();
const nothing: Reply = () => undefined;
const LIMIT_MS = 20_000;
const STEP_MS = 100;

/** Whether a promise has been settled so far. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => true), setImmediate(false)]);
}

/** A server that writes a piece every few milliseconds and never ends. */
async function dripping(head: string, piece: string): Promise<RawServer> {
  return opened(
    await RawServer.start((socket, request) => {
      if (request === undefined) return;
      socket.write(head);
      const timer = setInterval(() => socket.write(piece), 10);
      socket.on('close', () => clearInterval(timer));
    }),
  );
}

describe('an answer that drips', () => {
  it.each([
    ['its body', 'HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n', ' '],
    ['its chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\n \r\n'],
    ['its headers', 'HTTP/1.1 200 OK\r\n', 'x: y\r\n'],
    ['informational answers', '', 'HTTP/1.1 102 Processing\r\n\r\n'],
  ])('%s ends with timeoutMs', async (_, head, piece) => {
    const server = await dripping(head, piece);
    const { payments } = opened(await openLibrary(server.url));
    const failing = failureOf(payments.create(aPayment(), { timeoutMs: LIMIT_MS }));
    await until(() => server.requests.length === 1);
    limitsPass(LIMIT_MS - 1);
    expect(await isSettled(failing)).toBe(false);
    limitsPass(1);
    expect(await failing).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', attempts: 1 });
  });

  it('ends with deadlineMs over all attempts', async () => {
    const clock = new FastClock();
    let passed = 0;
    const gateway = opened(
      await Recorder.start(() => {
        while (limitsRunning() > 0) {
          passed += STEP_MS;
          clock.skip(STEP_MS);
          limitsPass(STEP_MS);
        }
      }),
    );
    const { orders } = opened(await openLibrary(gateway.url, { clock }));
    const limits = { timeoutMs: LIMIT_MS, deadlineMs: LIMIT_MS * 1.5 };
    const failure = await failureOf(orders.create(anOrder({ requestId: 'r' }), limits));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    const paused = clock.pauses.reduce((sum, ms) => sum + ms, 0);
    expect(passed).toBeGreaterThan(LIMIT_MS);
    expect(passed + paused).toBeLessThanOrEqual(
      limits.deadlineMs + STEP_MS * gateway.calls().length,
    );
  });
});

describe('silence', () => {
  it.each([
    ['timeoutMs of the call', { timeoutMs: LIMIT_MS }, {}],
    ['deadlineMs of the call', { deadlineMs: LIMIT_MS }, {}],
    ['timeoutMs of the module', {}, { timeoutMs: LIMIT_MS }],
    ['deadlineMs of the module', {}, { deadlineMs: LIMIT_MS }],
  ])('ends with %s', async (_, callOptions, options) => {
    const gateway = opened(await Recorder.start(nothing));
    const wide = { timeoutMs: 2 * LIMIT_MS, deadlineMs: 2 * LIMIT_MS };
    const library = opened(await openLibrary(gateway.url, { options: { ...wide, ...options } }));
    const failing = failureOf(library.payments.create(aPayment(), callOptions));
    await until(() => gateway.calls().length === 1);
    limitsPass(LIMIT_MS / 2);
    expect(await isSettled(failing)).toBe(false);
    limitsPass(LIMIT_MS / 2);
    expect(await failing).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
  });

  it('of a handshake ends unsent, because no request can have left', async () => {
    const server = opened(await RawServer.start(() => limitsPass()));
    const { payments } = opened(await openLibrary(`https://127.0.0.1:${server.port}`));
    const failure = await failureOf(payments.create(aPayment()));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_UNREACHABLE', outcome: 'not_sent' });
    expect(server.requests).toEqual([]);
  });
});

describe('a slow answer', () => {
  it('is waited for longer than idle sockets are kept', async () => {
    const gateway = opened(
      await Recorder.start((_, response) => {
        void pause(4_300).then(() => response.end(JSON.stringify(anOrderBody())));
      }),
    );
    const { orders } = opened(await openLibrary(gateway.url));
    await expect(orders.get('order_68c00b7btsthf')).resolves.toMatchObject({ status: 'active' });
    expect(gateway.calls()).toHaveLength(1);
  });
});

describe('an abort', () => {
  it('before the call sends nothing', async () => {
    const gateway = opened(await Recorder.start());
    const { payments, orders } = opened(await openLibrary(gateway.url));
    const signal = AbortSignal.abort(new Error('with a reason of the host'));
    for (const call of [
      payments.create(aPayment(), { signal }),
      payments.create(aPayment({ requestId: 'r' }), { signal }),
      payments.get('payt_1', { signal }),
      orders.list({}, { signal }),
    ]) {
      expect(await failureOf(call)).toMatchObject({
        code: 'GLOMOPAY_ABORTED',
        outcome: 'not_sent',
      });
    }
    expect(gateway.calls()).toEqual([]);
  });

  it('in any of the steps before the socket sends nothing', async () => {
    const gateway = opened(await Recorder.start({ status: 201, body: aStartedPaymentBody() }));
    const { payments } = opened(await openLibrary(gateway.url));
    for (let steps = 0; steps < 40; steps += 1) {
      const controller = new AbortController();
      const outcome = payments.create(aPayment(), { signal: controller.signal }).then(
        () => 'answered',
        (thrown: unknown) => Reflect.get(Object(thrown), 'outcome'),
      );
      for (let step = 0; step < steps; step += 1) await Promise.resolve();
      controller.abort();
      expect(await outcome).not.toBe('answered');
    }
    await pause(50);
    expect(gateway.calls()).toEqual([]);
  });

  it('of a payment that was sent is unknown, before any limit, and closes the connection', async () => {
    const controller = new AbortController();
    const closed = withResolvers();
    const gateway = opened(
      await Recorder.start((_, response) => {
        response.on('close', () => closed.resolve(undefined));
        controller.abort();
      }),
    );
    const { payments } = opened(await openLibrary(gateway.url));
    const failure = await failureOf(
      payments.create(aPayment({ requestId: 'p-1' }), { signal: controller.signal }),
    );
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      requestId: 'p-1',
      reason: 'the caller aborted the call',
    });
    await closed.promise;
    expect(gateway.calls()).toEqual(['POST /api/v1/payments']);
  });

  it('of a read that was sent is an abort: nothing changed', async () => {
    const controller = new AbortController();
    const gateway = opened(await Recorder.start(() => controller.abort()));
    const { payments } = opened(await openLibrary(gateway.url));
    const failure = await failureOf(payments.get('payt_1', { signal: controller.signal }));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_ABORTED' });
    expect(gateway.calls()).toHaveLength(1);
  });

  it('during the pause after a lost answer is unknown, and sends nothing more', async () => {
    const controller = new AbortController();
    const gateway = opened(
      await Recorder.start((_, response) => void response.socket?.resetAndDestroy()),
    );
    const library = opened(await openLibrary(gateway.url));
    library.clock.onPause(() => controller.abort());
    const failure = await failureOf(
      library.orders.create(anOrder({ requestId: 'r' }), { signal: controller.signal }),
    );
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    expect(gateway.calls()).toEqual(['POST /api/v1/orders']);
  });

  it('during the pause after a 429 is an abort: the gateway had refused it', async () => {
    const controller = new AbortController();
    const gateway = opened(await Recorder.start({ status: 429, body: {} }));
    const library = opened(await openLibrary(gateway.url));
    library.clock.onPause(() => controller.abort());
    const failure = await failureOf(
      library.orders.create(anOrder(), { signal: controller.signal }),
    );
    expect(failure).toMatchObject({ code: 'GLOMOPAY_ABORTED', outcome: 'not_sent' });
    expect(gateway.calls()).toHaveLength(1);
  });

  it('during the look-up leaves the outcome unknown', async () => {
    const controller = new AbortController();
    const gateway = opened(await Recorder.start());
    gateway.next(
      { status: 400, body: { message: 'Order already exists for this request_id' } },
      () => controller.abort(),
    );
    gateway.always({ body: aPageBody([anOrderBody()]) });
    const { orders } = opened(await openLibrary(gateway.url));
    const failure = await failureOf(
      orders.create(anOrder({ requestId: 'r' }), { signal: controller.signal }),
    );
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    expect(gateway.calls()).toHaveLength(2);
  });

  it('after the answer changes nothing', async () => {
    const controller = new AbortController();
    const gateway = opened(await Recorder.start({ body: anOrderBody() }));
    const { orders } = opened(await openLibrary(gateway.url));
    const order = await orders.get('order_68c00b7btsthf', { signal: controller.signal });
    controller.abort();
    expect(order.status).toBe('active');
  });
});

/** Promise.withResolvers, which Node 20 does not have. */
function withResolvers(): { promise: Promise<unknown>; resolve: (value: unknown) => void } {
  let resolve: (value: unknown) => void = () => undefined;
  const promise = new Promise<unknown>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
