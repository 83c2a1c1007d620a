import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  GlomopayTrackingModule,
  MemoryTrackingStore,
  PaymentTracker,
  WebhookInbox,
} from 'nestjs-glomopay';
import {
  GlomopayScript,
  GlomopayTestingModule,
  signWebhook,
  verifiedCallback,
} from 'nestjs-glomopay/testing';
import { until } from '../support/until.js';
import { aPaymentBody, aStartedPaymentBody } from '../support/library/bodies.js';
import { aPaymentOf } from './tracked-shop.js';

const usd = { amount: 1_000, currency: 'USD' };
const ALWAYS = { times: 1_000 };
const SUBSCRIPTION = 'sub_5JU9yv0lGSUP';

describe('A first card on a subscription', () => {
  let module: TestingModule;
  let script: GlomopayScript;
  let tracker: PaymentTracker;
  let aheadMs: number;
  /** What the gateway has, oldest first. */
  let payments: Record<string, unknown>[];
  beforeEach(async () => {
    aheadMs = 0;
    payments = [];
    const store = new MemoryTrackingStore({ date: () => Date.now() + aheadMs });
    module = await Test.createTestingModule({
      imports: [
        GlomopayTestingModule.forRoot({ retry: { maxAttempts: 1 } }),
        GlomopayTrackingModule.forRoot({
          store,
          sweep: { everyMs: 0, firstCheckMs: 0 },
          inbox: { retryBaseMs: 20, retryMaxMs: 50, pollEveryMs: 50 },
        }),
      ],
    }).compile();
    module.useLogger(false);
    await module.init();
    tracker = module.get(PaymentTracker);
    script = module.get(GlomopayScript);
    script.answer(
      'GET /api/v1/payments/{id}',
      ({ id }) => ({ body: payments.find((payment) => payment['id'] === id) }),
      ALWAYS,
    );
    script.answer('GET /api/v1/payments', ({ query }) => page(query), ALWAYS);
  });
  afterEach(() => module.close());

  const page = (query: Readonly<Record<string, string>>) => {
    const filters = Object.entries(query).filter(
      ([name]) => name !== 'page' && name !== 'per_page',
    );
    const data = payments
      .filter((payment) => filters.every(([name, value]) => payment[name] === value))
      .toReversed();
    const page_meta = { current: 1, previous: null, next: null, per_page: 20, pages: 1 };
    return { body: { data, page_meta: { ...page_meta, count: data.length } } };
  };
  const charge = (id: string, over: Record<string, unknown> = {}) => {
    const payment = aPaymentBody({ id, payin_id: null, subscription_id: SUBSCRIPTION, ...over });
    payments.push(payment);
    return payment;
  };
  const pay = (requestId: string) =>
    tracker.pay(
      aPaymentOf('', { orderId: undefined, subscriptionId: SUBSCRIPTION, requestId }),
      usd,
    );
  const started = async (requestId: string, paymentId: string) => {
    script.answer('POST /api/v1/payments', {
      status: 201,
      body: aStartedPaymentBody({ payment_id: paymentId }),
    });
    await pay(requestId);
  };
  const neverArrived = async (requestId: string) => {
    script.fail('POST /api/v1/payments', 'reset-before-processing');
    await expect(pay(requestId)).rejects.toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    for (let round = 0; round < 3; round += 1) {
      aheadMs += 16 * 60_000;
      await tracker.sweep();
    }
  };
  const comesBack = (paymentId: string) =>
    tracker.confirm(verifiedCallback({ orderId: SUBSCRIPTION, paymentId, status: 'success' }));
  const hears = async (data: Record<string, unknown>) => {
    const inbox = module.get(WebhookInbox);
    const { body, headers } = signWebhook({ type: 'payment.success', data }, script.webhookSecret);
    await inbox.receive(body, headers['x-glomopay-signature']);
    await until(async () => (await inbox.counts()).open === 0);
  };

  it('that is charged after it was given up is reported by the callback', async () => {
    await neverArrived('request-1');
    expect(await tracker.get('request-1')).toMatchObject({ reason: 'never_arrived' });
    charge('payt_late', { request_id: 'request-1' });
    expect(await comesBack('payt_late')).toMatchObject({
      requestId: 'request-1',
      state: 'failed',
      reason: 'charged_late',
    });
    expect(await tracker.counts()).toEqual({ needsAttention: 1, open: 0 });
  });

  it('that is charged after it was given up is reported by a webhook', async () => {
    await neverArrived('request-1');
    await hears(charge('payt_late', { request_id: 'request-1' }));
    expect(await tracker.needingAttention(10)).toMatchObject([
      { requestId: 'request-1', reason: 'charged_late' },
    ]);
  });

  it('is reported when somebody else has brought it', async () => {
    await neverArrived('request-1');
    await hears(charge('payt_other'));
    expect(await tracker.needingAttention(10)).toMatchObject([
      {
        paymentId: 'payt_other',
        subscriptionId: SUBSCRIPTION,
        orderId: null,
        reason: 'unexpected_success',
      },
    ]);
  });

  it('may be renewed without a word', async () => {
    await started('request-1', 'payt_first');
    charge('payt_first', { request_id: 'request-1' });
    expect(await comesBack('payt_first')).toMatchObject({ state: 'succeeded' });
    await hears(charge('payt_renewal'));
    expect(await comesBack('payt_renewal')).toBeUndefined();
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it.each([
    ['late', { request_id: 'request-1' }],
    ['by somebody else', {}],
  ])('that was charged %s is reported, and its renewals are not', async (_, first) => {
    await neverArrived('request-1');
    await hears(charge('payt_first', first));
    for (const renewal of ['payt_second', 'payt_third']) {
      await hears(charge(renewal));
      await comesBack(renewal);
    }
    expect(await tracker.needingAttention(10)).toMatchObject([{ paymentId: 'payt_first' }]);
  });

  it('whose first charge and renewals come to light together is reported once', async () => {
    for (const id of ['payt_first', 'payt_second', 'payt_third']) charge(id);
    await neverArrived('request-1');
    expect(await tracker.needingAttention(10)).toMatchObject([
      { requestId: 'request-1', state: 'needs_attention', reason: 'unexpected_success' },
      { paymentId: 'payt_first', reason: 'unexpected_success' },
    ]);
  });
});
