import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  GlomopayTrackingModule,
  MemoryTrackingStore,
  OnPaymentOutcome,
  PaymentTracker,
  WebhookInbox,
  type CollectionExpectation,
  type PaymentOutcome,
} from 'nestjs-glomopay';
import { GlomopayScript, GlomopayTestingModule, signWebhook } from 'nestjs-glomopay/testing';
import { anOrderBody, aPaymentBody } from '../support/library/bodies.js';
import { until } from '../support/until.js';
import { aPaymentOf } from './tracked-shop.js';

const ALWAYS = { times: 1_000 };
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ORDER = 'order_68c00b7btsthf';
const expected = { orderId: ORDER, amount: 1_000, currency: 'USD', reference: 'purchase-1' };

describe('An order that is paid elsewhere', () => {
  const outcomes: PaymentOutcome[] = [];
  class Books {
    @OnPaymentOutcome()
    async book(outcome: PaymentOutcome): Promise<void> {
      outcomes.push(outcome);
    }
  }

  let module: TestingModule;
  let script: GlomopayScript;
  let tracker: PaymentTracker;
  let aheadMs: number;
  /** What the gateway has, newest first. */
  let payments: Record<string, unknown>[];
  let status: string;
  let perPage: number;
  let filters: boolean;
  beforeEach(async () => {
    outcomes.length = 0;
    aheadMs = 0;
    payments = [];
    status = 'active';
    perPage = 100;
    filters = true;
    module = await Test.createTestingModule({
      imports: [
        GlomopayTestingModule.forRoot({ retry: { maxAttempts: 1 } }),
        GlomopayTrackingModule.forRoot({
          store: new MemoryTrackingStore({ date: () => Date.now() + aheadMs }),
          sweep: { everyMs: 0, firstCheckMs: 0 },
          inbox: { retryBaseMs: 20, retryMaxMs: 50, pollEveryMs: 20 },
        }),
      ],
      providers: [Books],
    }).compile();
    module.useLogger(false);
    await module.init();
    tracker = module.get(PaymentTracker);
    script = module.get(GlomopayScript);
    script.answer('GET /api/v1/payments', ({ query }) => page(query), ALWAYS);
    script.answer(
      'GET /api/v1/payments/{id}',
      ({ id }) => ({ body: payments.find((payment) => payment['id'] === id) }),
      ALWAYS,
    );
  });
  afterEach(() => module.close());

  const page = ({ page: number = '1', ...query }: Readonly<Record<string, string>>) => {
    const all = payments.filter((payment) => !filters || payment['payin_id'] === query['payin_id']);
    const current = Number(number);
    const pages = Math.max(1, Math.ceil(all.length / perPage));
    const page_meta = {
      current,
      previous: current > 1 ? current - 1 : null,
      next: current < pages ? current + 1 : null,
      per_page: perPage,
      pages,
      count: all.length,
    };
    return { body: { data: all.slice((current - 1) * perPage, current * perPage), page_meta } };
  };
  const theOrder = () =>
    script.answer(
      'GET /api/v1/orders/{id}',
      () => ({ body: anOrderBody({ id: ORDER, status }) }),
      ALWAYS,
    );
  const comes = (over: Record<string, unknown> = {}) => {
    const id = `payt_${payments.length + 1}`;
    const payment = aPaymentBody({ id, payin_id: ORDER, created_at: now(), ...over });
    payments.unshift(payment);
    return payment;
  };
  const now = (ms = 0) => new Date(Date.now() + ms).toISOString();
  const sweepsAfter = async (...pausesMs: readonly number[]) => {
    for (const pause of pausesMs) {
      aheadMs += pause;
      await tracker.sweep();
    }
  };
  const hearsOf = async (data: Record<string, unknown>) => {
    const inbox = module.get(WebhookInbox);
    const { body, headers } = signWebhook({ type: 'payment.success', data }, script.webhookSecret);
    await inbox.receive(body, headers['x-glomopay-signature']);
    await until(async () => (await inbox.counts()).open === 0);
  };

  it('at its last moment is paid: the payments are asked for when its end is known', async () => {
    script.answer('GET /api/v1/orders/{id}', () => {
      const body = anOrderBody({ id: ORDER, status: 'expired' });
      comes();
      return { body };
    });
    await tracker.expect(expected);
    await sweepsAfter(0);
    expect(outcomes).toMatchObject([{ outcome: 'succeeded', paymentId: 'payt_1' }]);
  });

  it.each(['expired', 'cancelled', 'failed'])('has ended when it is %s', async (ending) => {
    theOrder();
    await tracker.expect(expected);
    comes({ status: 'failed' });
    status = ending;
    await sweepsAfter(0, DAY_MS);
    expect(outcomes).toMatchObject([
      { kind: 'collection', outcome: 'failed', reason: 'payin_ended', gatewayStatus: ending },
    ]);
  });

  it('waits for a buyer who is at the bank when it expires, and for a day at most', async () => {
    theOrder();
    status = 'expired';
    const attempt = comes({ status: 'in_progress' });
    await tracker.expect(expected);
    await sweepsAfter(0, DAY_MS);
    expect(await tracker.get('purchase-1')).toMatchObject({ state: 'attempted' });
    attempt['created_at'] = now(-DAY_MS);
    await sweepsAfter(DAY_MS);
    expect(outcomes).toMatchObject([{ outcome: 'failed', reason: 'payin_ended' }]);
  });

  it('waits for what compliance looks at, however long', async () => {
    theOrder();
    status = 'expired';
    const attempt = comes({ status: 'under_review', created_at: now(-40 * DAY_MS) });
    await tracker.expect(expected);
    await sweepsAfter(0, DAY_MS, DAY_MS);
    expect(outcomes).toEqual([]);
    attempt['status'] = 'success';
    await sweepsAfter(DAY_MS);
    expect(outcomes).toMatchObject([{ outcome: 'succeeded' }]);
  });

  it('is reported when it is paid after it was told to have ended', async () => {
    theOrder();
    status = 'expired';
    await tracker.expect(expected);
    await sweepsAfter(0);
    expect(outcomes).toMatchObject([{ outcome: 'failed' }]);
    await hearsOf(comes());
    expect(await tracker.get('purchase-1')).toMatchObject({
      state: 'failed',
      reason: 'charged_late',
      paymentId: 'payt_1',
    });
    expect(await tracker.counts()).toEqual({ needsAttention: 1, open: 0 });
    expect(outcomes).toHaveLength(1);
  });

  it('is found on whatever page, and paid by no payment of another order', async () => {
    theOrder();
    await tracker.expect(expected);
    comes();
    for (let others = 0; others < 7; others += 1) comes({ payin_id: 'order_other' });
    [perPage, filters] = [3, false];
    await sweepsAfter(0);
    expect(outcomes).toMatchObject([{ outcome: 'succeeded', paymentId: 'payt_1' }]);
  });

  it('stays open while one of its payments cannot be read', async () => {
    theOrder();
    status = 'expired';
    await tracker.expect(expected);
    const odd = comes({ requested_amount: 'ten' });
    await sweepsAfter(0, DAY_MS);
    expect(await tracker.get('purchase-1')).toMatchObject({ state: 'created' });
    odd['requested_amount'] = 1_000;
    await sweepsAfter(DAY_MS);
    expect(outcomes).toMatchObject([{ outcome: 'succeeded' }]);
  });

  it('stays open while it is paid and no payment of it is shown', async () => {
    theOrder();
    status = 'paid';
    await tracker.expect(expected);
    await sweepsAfter(0, DAY_MS);
    expect(await tracker.get('purchase-1')).toMatchObject({
      state: 'attempted',
      gatewayStatus: 'paid',
    });
    comes();
    await sweepsAfter(DAY_MS);
    expect(outcomes).toMatchObject([{ outcome: 'succeeded' }]);
  });

  it.each([
    [{ requested_amount: 999 }, 'amount_differs'],
    [{ requested_currency: 'EUR' }, 'currency_differs'],
  ])('is a mismatch when %j was paid', async (over, reason) => {
    theOrder();
    await tracker.expect(expected);
    await hearsOf(comes(over));
    expect(await tracker.get('purchase-1')).toMatchObject({ state: 'mismatch', reason });
    expect(outcomes).toEqual([]);
    expect(await tracker.counts()).toEqual({ needsAttention: 1, open: 0 });
  });

  it('is no surprise to a card payment of ours that never arrived', async () => {
    script.fail('GET /api/v1/orders/{id}', 'server-error', { times: 20 });
    script.fail('POST /api/v1/payments', 'reset-before-processing');
    await tracker.expect(expected);
    const card = aPaymentOf(ORDER, { requestId: 'card' });
    await expect(tracker.pay(card, expected)).rejects.toMatchObject({ outcome: 'unknown' });
    comes({ request_id: 'of-somebody-else' });
    await sweepsAfter(0, 16 * MINUTE_MS, 16 * MINUTE_MS, 16 * MINUTE_MS);
    expect(await tracker.get('card')).toMatchObject({ reason: 'never_arrived' });
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 1 });
    theOrder();
    await sweepsAfter(...Array.from({ length: 20 }, () => 2 * 3_600_000));
    expect(outcomes).toMatchObject([
      { kind: 'payment', outcome: 'failed', requestId: 'card' },
      { kind: 'collection', outcome: 'succeeded', paymentId: 'payt_1' },
    ]);
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it('that the gateway does not have has never arrived, and not at the first look', async () => {
    script.answer(
      'GET /api/v1/orders/{id}',
      { status: 404, body: { message: 'Order not found' } },
      ALWAYS,
    );
    await tracker.expect(expected);
    await sweepsAfter(0, MINUTE_MS);
    expect(outcomes).toEqual([]);
    await sweepsAfter(16 * MINUTE_MS, 16 * MINUTE_MS);
    expect(outcomes).toMatchObject([{ outcome: 'failed', reason: 'never_arrived' }]);
  });

  it('is looked at hourly for longer than a year, and then by a person', async () => {
    theOrder();
    await tracker.expect(expected);
    for (let looks = 0; looks < 40; looks += 1) await sweepsAfter(73 * MINUTE_MS);
    const { nextCheckAt } = (await tracker.get('purchase-1')) ?? {};
    const pause = (nextCheckAt?.getTime() ?? 0) - Date.now() - aheadMs;
    expect(pause).toBeGreaterThan(40 * MINUTE_MS);
    expect(pause).toBeLessThan(75 * MINUTE_MS);
    await sweepsAfter(370 * DAY_MS);
    expect(await tracker.get('purchase-1')).toMatchObject({ state: 'attempted' });
    await sweepsAfter(40 * DAY_MS);
    expect(await tracker.get('purchase-1')).toMatchObject({
      state: 'needs_attention',
      reason: 'no_outcome',
    });
    await hearsOf(comes());
    expect(outcomes).toMatchObject([{ outcome: 'succeeded' }]);
  });

  it.each([
    ['nothing to pay', { orderId: undefined }, 'orderId'],
    ['two things to pay', { paymentLinkId: 'plink_1' }, 'orderId'],
    ['an id of another kind', { orderId: 'sub_1' }, 'orderId'],
    ['no reference', { reference: '' }, 'reference'],
    ['a key that is the library’s', { requestId: 'stray:payt_1' }, 'requestId'],
    ['an empty key', { requestId: '' }, 'requestId'],
    ['no money', { amount: 0 }, 'amount'],
    ['half a cent', { amount: 0.5 }, 'amount'],
    ['a currency in lower case', { currency: 'usd' }, 'currency'],
  ])('is refused with %s', async (_, over, path) => {
    const wrong = { ...expected, ...over } as CollectionExpectation;
    await expect(tracker.expect(wrong)).rejects.toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
      violations: [expect.objectContaining({ path })],
    });
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });
});
