import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { firstValueFrom, type Subscription } from 'rxjs';
import { aPaymentBody, aPollStep, aStartedPaymentBody } from '../support/library/bodies.js';
import { cleanUp } from '../support/library/clean-up.js';
import { failureOf } from '../support/library/failure-of.js';
import { holdLimits, limitsPass } from '../support/library/held-limits.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder, type Reply } from '../support/library/recorder.js';
import { aPayment } from '../support/library/requests.js';
import { until } from '../support/until.js';

const ID = 'payt_691eeb9aV79Uk';
const opened = cleanUp();
holdLimits();
let gateway: Recorder;

beforeAll(async () => {
  gateway = await Recorder.start();
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.stop());

function looksLike(...statuses: readonly string[]): Reply[] {
  return statuses.map((status) => ({ body: aPaymentBody({ status }) }));
}

const pending: Reply = { body: aPaymentBody({ status: 'in_progress' }) };
const paid: Reply = { body: aPaymentBody() };

function times(count: number, reply: Reply): Reply[] {
  return Array.from({ length: count }, () => reply);
}

async function open(): Promise<OpenLibrary> {
  return opened(await openLibrary(gateway.url));
}

/** Gives an answer twice, and lets the patience of the waiter end before the third. */
function twiceThenTooLate({ status = 200, body }: { status?: number; body: unknown }): Reply {
  return (_, response) => {
    if (gateway.calls().length === 3) limitsPass();
    else response.writeHead(status).end(JSON.stringify(body));
  };
}

describe('payments.waitForFinal', () => {
  it.each(['success', 'failed'])('gives the payment once it is %s', async (status) => {
    gateway.next(...looksLike('in_progress', 'action_required', 'under_review', status));
    const { payments } = await open();
    await expect(payments.waitForFinal(ID)).resolves.toMatchObject({ id: ID, status });
    expect(gateway.calls()).toEqual(Array<string>(4).fill(`GET /api/v1/payments/${ID}`));
  });

  it('takes a status that it does not know for not final', async () => {
    gateway.next(...looksLike('SUCCESS', 'paid', 'pending', 'success'));
    const { payments } = await open();
    await expect(payments.waitForFinal(ID)).resolves.toMatchObject({ status: 'success' });
    expect(gateway.calls()).toHaveLength(4);
  });

  it.each([
    [7_000, 7_000],
    [2_000, 2_000],
    [0, 1_000],
    [-5, 1_000],
    [31_000, 30_000],
    [2 ** 31, 30_000],
    [Number.MAX_SAFE_INTEGER, 30_000],
    [1.5, 5_000],
    ['7000', 5_000],
    [null, 5_000],
    [undefined, 5_000],
  ])('keeps the interval of the gateway, %p, within bounds: %i ms', async (interval, expected) => {
    const { payments, clock } = await open();
    const steps = [aPollStep({ interval_in_ms: interval })];
    gateway.next({ status: 201, body: aStartedPaymentBody({ next_steps: steps }) }, pending, paid);
    const { paymentId } = await payments.create(aPayment());
    await payments.waitForFinal(paymentId);
    expect(clock.pauses).toEqual([expected]);
  });

  it('takes an interval beyond all numbers for none', async () => {
    const { payments, clock } = await open();
    const body = JSON.stringify(aStartedPaymentBody()).replace('5000', '1e999');
    gateway.next({ status: 201, body }, pending, paid);
    const { paymentId } = await payments.create(aPayment());
    await payments.waitForFinal(paymentId);
    expect(clock.pauses).toEqual([5_000]);
  });

  it("prefers the caller's interval", async () => {
    const { payments, clock } = await open();
    gateway.next(pending, paid);
    await payments.waitForFinal(ID, { intervalMs: 250 });
    expect(clock.pauses).toEqual([250]);
  });

  it.each([
    ['timeoutMs', 0],
    ['timeoutMs', Number.NaN],
    ['timeoutMs', Infinity],
    ['timeoutMs', 2 ** 31],
    ['intervalMs', 0],
    ['intervalMs', -1],
    ['intervalMs', Number.NaN],
    ['intervalMs', 2 ** 31],
  ])('refuses %s of %p', async (path, value) => {
    const { payments } = await open();
    const failure = await failureOf(payments.waitForFinal(ID, { [path]: value }));
    expect(failure).toMatchObject({ violations: [{ path, rule: 'range' }] });
    expect(gateway.calls()).toEqual([]);
  });

  it.each([500, 429, 503])('asks less and less often while the answer is %i', async (status) => {
    const { payments, clock } = await open();
    gateway.next(...times(4, { status, body: {} }), pending, paid);
    await payments.waitForFinal(ID);
    expect(clock.pauses).toEqual([10_000, 20_000, 30_000, 30_000, 5_000]);
  });

  it('goes on after a lost and after a malformed answer', async () => {
    gateway.next(
      (_, response) => void response.socket?.resetAndDestroy(),
      { body: '<html>' },
      { body: aPaymentBody({ id: 'payt_other' }) },
      paid,
    );
    const { payments } = await open();
    await expect(payments.waitForFinal(ID)).resolves.toMatchObject({ status: 'success' });
  });

  it('asks less often once the buyer is slow', async () => {
    const { payments, clock } = await open();
    gateway.next(...times(30, pending), paid);
    await payments.waitForFinal(ID);
    expect(clock.pauses[0]).toBe(5_000);
    expect(clock.pauses.at(-1)).toBe(7_500);
  });

  it.each([401, 403, 404])('ends with the refusal %i', async (status) => {
    gateway.always({ status, body: { message: 'No' } });
    const { payments } = await open();
    const failure = await failureOf(payments.waitForFinal(ID));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_API', status });
    expect(gateway.calls()).toHaveLength(1);
  });

  it('says of a payment without outcome that it is pending, with its last status', async () => {
    gateway.always(twiceThenTooLate({ body: aPaymentBody({ status: 'in_progress' }) }));
    const { payments } = await open();
    const failure = await failureOf(payments.waitForFinal(ID));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_POLL_TIMEOUT',
      outcome: 'unknown',
      paymentId: ID,
      lastStatus: 'in_progress',
    });
    expect(failure.message).toContain('pending, not failed');
    await pause(60);
    const asked = gateway.calls().length;
    await pause(60);
    expect(gateway.calls()).toHaveLength(asked);
  });

  it('says so too where the gateway never answered, and why', async () => {
    gateway.always(twiceThenTooLate({ status: 503, body: {} }));
    const { payments } = await open();
    const failure = await failureOf(payments.waitForFinal(ID));
    expect(failure).toMatchObject({ lastStatus: undefined, cause: { status: 503 } });
  });

  it('shows no status that is not one', async () => {
    const status = `4111111111111111\r\n${'x'.repeat(9_999)}`;
    gateway.always(twiceThenTooLate({ body: aPaymentBody({ status }) }));
    const { payments } = await open();
    const failure = await failureOf(payments.waitForFinal(ID));
    expect(failure.message).not.toMatch(/4111|[\r\n]/);
    expect(failure.message.length).toBeLessThan(1_000);
  });

  it('shares one loop among its callers', async () => {
    const { payments } = await open();
    gateway.next(...looksLike('in_progress', 'in_progress', 'success'));
    const results = await Promise.all(Array.from({ length: 20 }, () => payments.waitForFinal(ID)));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['success']));
    expect(gateway.calls()).toHaveLength(3);
  });

  it('starts anew after the last caller was answered', async () => {
    const { payments } = await open();
    gateway.always(paid);
    await payments.waitForFinal(ID);
    await payments.waitForFinal(ID);
    expect(gateway.calls()).toHaveLength(2);
  });
});

describe('an abort of a wait', () => {
  it('before it begins asks for nothing', async () => {
    const { payments } = await open();
    const failure = await failureOf(payments.waitForFinal(ID, { signal: AbortSignal.abort() }));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_ABORTED' });
    expect(gateway.calls()).toEqual([]);
  });

  it('ends the request that is on its way', async () => {
    let closed = false;
    gateway.always((_, response) => void response.on('close', () => (closed = true)));
    const { payments } = await open();
    const controller = new AbortController();
    const wait = failureOf(payments.waitForFinal(ID, { signal: controller.signal }));
    await until(() => gateway.calls().length === 1);
    controller.abort();
    expect(await wait).toMatchObject({ code: 'GLOMOPAY_ABORTED' });
    await until(() => closed);
  });

  it('ends the pause', async () => {
    gateway.always(pending);
    const { payments } = opened(await openLibrary(gateway.url, { clock: 'real' }));
    const controller = new AbortController();
    const { signal } = controller;
    const wait = failureOf(payments.waitForFinal(ID, { signal, intervalMs: 3_600_000 }));
    await until(() => gateway.calls().length === 1);
    controller.abort();
    expect(await wait).toMatchObject({ code: 'GLOMOPAY_ABORTED' });
  });

  it('leaves those who wait beside it alone', async () => {
    const { payments } = await open();
    const controller = new AbortController();
    gateway.next(pending, (_, response) => {
      controller.abort();
      response.end(JSON.stringify(aPaymentBody()));
    });
    const other = payments.waitForFinal(ID);
    const failure = failureOf(payments.waitForFinal(ID, { signal: controller.signal }));
    await expect(other).resolves.toMatchObject({ status: 'success' });
    expect(await failure).toMatchObject({ code: 'GLOMOPAY_ABORTED' });
  });
});

describe('payments.watch', () => {
  it('emits the first state and every change, and completes with the final one', async () => {
    gateway.next(
      ...looksLike('in_progress', 'in_progress', 'action_required'),
      { body: aPaymentBody({ status: 'action_required', compliance_status: 'under_review' }) },
      ...looksLike('success'),
    );
    const { payments } = await open();
    const seen: (string | null)[][] = [];
    await payments.watch(ID).forEach((payment) => {
      seen.push([payment.status, payment.complianceStatus]);
    });
    expect(seen).toEqual([
      ['in_progress', null],
      ['action_required', null],
      ['action_required', 'under_review'],
      ['success', null],
    ]);
  });

  it('asks for nothing before someone subscribes', async () => {
    const { payments } = await open();
    payments.watch(ID);
    await pause(30);
    expect(gateway.calls()).toEqual([]);
  });

  it('asks for nothing after the last subscriber has left', async () => {
    gateway.always(pending);
    const { payments } = await open();
    await firstValueFrom(payments.watch(ID));
    const asked = gateway.calls().length;
    await pause(60);
    expect(gateway.calls().length).toBeLessThanOrEqual(asked + 1);
    await pause(60);
    expect(gateway.calls().length).toBeLessThanOrEqual(asked + 1);
  });

  it('tells a late subscriber the last state at once', async () => {
    gateway.next(pending).always(() => undefined);
    const { payments } = await open();
    const first = payments.watch(ID).subscribe();
    await until(() => gateway.calls().length === 2);
    await expect(firstValueFrom(payments.watch(ID))).resolves.toMatchObject({
      status: 'in_progress',
    });
    expect(gateway.calls()).toHaveLength(2);
    first.unsubscribe();
  });

  it('fails for an id of another kind when someone subscribes', async () => {
    const { payments } = await open();
    const failure = await failureOf(firstValueFrom(payments.watch('order_1')));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
  });
});

describe('the end of the application', () => {
  it('ends every wait, and refuses new ones', async () => {
    gateway.always(pending);
    const { payments, close } = await openLibrary(gateway.url, { clock: 'real' });
    const waits = ['payt_1', 'payt_2'].map((id) => failureOf(payments.waitForFinal(id)));
    const own = failureOf(payments.waitForFinal(ID));
    await until(() => gateway.calls().length >= 1);
    await close();
    for (const wait of [...waits, own]) {
      expect(await wait).toMatchObject({ code: 'GLOMOPAY_ABORTED' });
    }
    await pause(60);
    const asked = gateway.calls().length;
    expect(await failureOf(payments.waitForFinal(ID))).toMatchObject({ code: 'GLOMOPAY_ABORTED' });
    await pause(100);
    expect(gateway.calls()).toHaveLength(asked);
  });
});

describe('all polls together', () => {
  it('ask at most 20 times a second', async () => {
    gateway.always(pending);
    const { payments } = opened(await openLibrary(gateway.url, { clock: 'real' }));
    const start = performance.now();
    const watching: Subscription[] = Array.from({ length: 60 }, (_, index) =>
      payments.watch(`payt_${index}`).subscribe({ error: () => undefined }),
    );
    await until(() => gateway.calls().length > 2);
    await pause(500);
    for (const subscription of watching) subscription.unsubscribe();
    const allowed = (performance.now() - start) / 50 + 1;
    expect(gateway.calls().length).toBeLessThanOrEqual(allowed);
  });

  it('lose no time to waits that were given up', async () => {
    gateway.always(paid);
    const { payments } = opened(await openLibrary(gateway.url, { clock: 'real' }));
    // At 20 a second, these would take longer than this test may.
    for (let index = 0; index < 4_000; index += 1) {
      payments.watch(`payt_${index}`).subscribe().unsubscribe();
    }
    await expect(payments.waitForFinal(ID)).resolves.toMatchObject({ status: 'success' });
  });
});
