import { afterEach, describe, expect, it } from '@jest/globals';
import { Inject, Injectable, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  CallbackVerifier,
  CustomersService,
  getGlomopayToken,
  GlomopayModule,
  GlomopayTrackingModule,
  InjectGlomopay,
  MemoryTrackingStore,
  OnPaymentOutcome,
  OrdersService,
  PaymentsService,
  PaymentTracker,
  SubscriptionsService,
  WebhookInbox,
  WebhookVerifier,
  type PaymentOutcome,
} from 'nestjs-glomopay';
import {
  expectNoSecrets,
  GlomopayScript,
  GlomopayTestingModule,
  overrideGateway,
  signCallback,
  signWebhook,
  type GlomopayTestingOptions,
} from 'nestjs-glomopay/testing';
import { inspect } from 'node:util';
import { withClock } from '../support/with-clock.js';
import { until } from '../support/until.js';
import { canaries, cardOf } from '../support/library/canaries.js';
import { FastClock } from '../support/library/fast-clock.js';
import { aCustomer, anOrder, aPayment } from '../support/library/requests.js';

const open: TestingModule[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((module) => module.close()));
});

async function aTest(options?: GlomopayTestingOptions) {
  const module = await Test.createTestingModule({
    imports: [GlomopayTestingModule.forRoot(options)],
  }).compile();
  open.push(module);
  return {
    module,
    script: module.get(GlomopayScript),
    orders: module.get(OrdersService),
    payments: module.get(PaymentsService),
    customers: module.get(CustomersService),
  };
}

describe('GlomopayTestingModule', () => {
  it('gives tracking the clock of its account, so that a second caller does not wait for real', async () => {
    const clock = new FastClock();
    const module = await Test.createTestingModule({
      imports: [
        withClock(GlomopayTestingModule.forRoot(), clock),
        GlomopayTrackingModule.forRoot({ store: new MemoryTrackingStore(), sweep: { everyMs: 0 } }),
      ],
    }).compile();
    open.push(await module.init());
    const order = await module.get(OrdersService).create(anOrder());
    const payment = aPayment({ orderId: order.id, requestId: 'one-intent' });
    const tracker = module.get(PaymentTracker);
    const pay = () => tracker.pay(payment, { amount: 1000, currency: 'USD' });
    const starts = await Promise.all([pay(), pay()]);
    expect(starts.map(({ replayed }) => replayed).toSorted()).toEqual([false, true]);
    expect(clock.pauses).toContain(100);
  });

  it('takes a payment from the order to the callback and the webhook', async () => {
    const { module, script, orders, payments } = await aTest();
    const order = await orders.create(anOrder());
    const attempt = await payments.create(aPayment({ orderId: order.id }));
    expect(attempt).toMatchObject({ status: 'pending', poll: { intervalMs: 5000 } });
    expect(attempt.redirectUrl).toMatch(/^https:/);
    const data = script.complete(attempt.paymentId, 'success');
    expect(await payments.get(attempt.paymentId)).toMatchObject({
      status: 'success',
      payinId: order.id,
      requestedAmount: 1000,
      requestedCurrency: 'USD',
    });
    expect(await orders.get(order.id)).toMatchObject({ status: 'paid' });
    const { query } = signCallback(
      { orderId: order.id, paymentId: attempt.paymentId, status: 'success' },
      script.secretKey,
    );
    expect(module.get(CallbackVerifier).verify(query)).toMatchObject({ status: 'success' });
    const { body, headers } = signWebhook({ type: 'payment.success', data }, script.webhookSecret);
    const event = module.get(WebhookVerifier).verify(body, headers['x-glomopay-signature']);
    expect(event).toMatchObject({ type: 'payment.success', data: { id: attempt.paymentId } });
  });

  it('keeps subscriptions, and charges them once for each request id', async () => {
    const { module, payments, script } = await aTest();
    const { id } = await module.get(SubscriptionsService).create({
      customerId: 'cust_1',
      productName: 'Insurance',
      productDescription: 'All of it',
      amount: 1000,
      currency: 'USD',
      intervalType: 'as_presented',
      maxAmount: 5000,
      expiresAt: '2026-03-20',
      notifyCustomer: false,
      startsWithFirstPayment: true,
    });
    const charge = { subscriptionId: id, amount: 2500, currency: 'USD', requestId: 'charge-1' };
    const attempt = await payments.charge(charge);
    expect(attempt).toMatchObject({ status: 'pending', replayed: false });
    expect(attempt.redirectUrl).toBeUndefined();
    expect(await payments.charge(charge)).toMatchObject({ replayed: true });
    script.complete(attempt.paymentId, 'approve');
    expect((await payments.list({ subscriptionId: id })).data).toMatchObject([
      { id: attempt.paymentId, status: 'success', requestedAmount: 2500, payinId: null },
    ]);
    await expect(
      payments.charge({ ...charge, subscriptionId: 'sub_none', requestId: 'charge-2' }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('takes the first card of a subscription, which has begun with its success', async () => {
    const { module, script, payments } = await aTest();
    const subscriptions = module.get(SubscriptionsService);
    const { id } = await subscriptions.create({
      customerId: 'cust_1',
      productName: 'Storage',
      productDescription: 'What you used last month',
      amount: 1_000,
      currency: 'USD',
      intervalType: 'as_presented',
      maxAmount: 5_000,
      startsWithFirstPayment: true,
      expiresAt: '2030-12-31',
      notifyCustomer: true,
    });
    const card = { ...aPayment(), orderId: undefined, subscriptionId: id, requestId: 'first' };
    const { paymentId, redirectUrl } = await payments.create(card);
    expect(redirectUrl).toContain(paymentId);
    script.complete(paymentId, 'approve');
    expect(await payments.get(paymentId)).toMatchObject({
      status: 'success',
      subscriptionId: id,
      payinId: null,
      requestedAmount: 1_000,
    });
    expect(await subscriptions.get(id)).toMatchObject({ status: 'active' });
  });

  it('keeps customers, and finds them by e-mail', async () => {
    const { customers } = await aTest();
    const { id } = await customers.create(aCustomer());
    await customers.update(id, { phone: '+1-5550100' });
    expect(await customers.get(id)).toMatchObject({ phone: '+1-5550100', name: 'John Doe' });
    const found = await customers.list({ emailAddress: 'john.doe@example.com' });
    expect(found.data.map((customer) => customer.id)).toEqual([id]);
    expect((await customers.list({ emailAddress: 'other@example.com' })).data).toEqual([]);
    expect((await customers.list({ before: '2000-01-01' })).data).toEqual([]);
  });

  it('pages its lists, newest first', async () => {
    const { orders } = await aTest();
    const made: string[] = [];
    for (const amount of [1000, 2000, 3000])
      made.push((await orders.create(anOrder({ amount }))).id);
    const listed: string[] = [];
    for await (const order of orders.listAll({ perPage: 2 })) listed.push(order.id);
    expect(listed).toEqual(made.toReversed());
  });

  it('checks a request as ever, before anything is sent', async () => {
    const { orders, script } = await aTest();
    await expect(orders.create(anOrder({ amount: -1 }))).rejects.toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
    });
    expect(script.requests).toEqual([]);
  });

  it('refuses production, and so does a script', () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      expect(() => GlomopayTestingModule.forRoot()).toThrow('NODE_ENV=production');
      expect(() => new GlomopayScript()).toThrow('NODE_ENV=production');
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });

  it('gives each account its script, its keys and its objects', async () => {
    const emea = new GlomopayScript({
      secretKey: 'the-key-of-emea',
      webhookSecret: 'whsec-of-emea-1f0c2e',
    });
    @Injectable()
    class Shop {
      constructor(
        @Inject(OrdersService) readonly orders: OrdersService,
        @InjectGlomopay('emea', OrdersService) readonly other: OrdersService,
      ) {}
    }
    const module = await Test.createTestingModule({
      imports: [
        GlomopayTestingModule.forRoot(),
        GlomopayTestingModule.forRoot({ name: 'emea', script: emea }),
      ],
      providers: [Shop],
    }).compile();
    open.push(module);
    const shop = module.get(Shop);
    const order = await shop.other.create(anOrder());
    expect(module.get(getGlomopayToken(GlomopayScript, 'emea'))).toBe(emea);
    expect(emea.requests).toHaveLength(1);
    expect(module.get(GlomopayScript).requests).toHaveLength(0);
    await expect(shop.orders.get(order.id)).rejects.toMatchObject({ status: 404 });
    const callback = { orderId: order.id, paymentId: 'payt_1', status: 'success' } as const;
    const verifier = module.get<CallbackVerifier>(getGlomopayToken(CallbackVerifier, 'emea'));
    expect(() => verifier.verify(signCallback(callback, emea.secretKey).query)).not.toThrow();
    const foreign = signCallback(callback, module.get(GlomopayScript).secretKey);
    expect(() => verifier.verify(foreign.query)).toThrow(
      expect.objectContaining({ reason: 'mismatch' }),
    );
  });

  it('waits for the outcome of a payment that ends meanwhile', async () => {
    const { script, orders, payments } = await aTest();
    const { id } = await orders.create(anOrder());
    const { paymentId } = await payments.create(aPayment({ orderId: id }));
    const outcome = payments.waitForFinal(paymentId, { timeoutMs: 10_000 });
    script.complete(paymentId, 'failed');
    expect(await outcome).toMatchObject({ status: 'failed', errorCode: 'PAYMENT_DECLINED' });
  });
});

describe('GlomopayScript', () => {
  const POST_PAYMENT = 'POST /api/v1/payments';

  async function aPayableOrder() {
    const test = await aTest();
    const order = await test.orders.create(anOrder());
    const pay = (requestId?: string) =>
      test.payments.create(aPayment({ orderId: order.id, requestId }));
    const attempts = () =>
      test.script.requests.filter(({ method, path }) => `${method} ${path}` === POST_PAYMENT);
    return { ...test, pay, attempts };
  }

  it.each([
    ['never-connected', 2, { status: 'pending', replayed: false }],
    ['rate-limit', 2, { status: 'pending', replayed: false }],
  ] as const)('%s without a requestId is tried again', async (fault, sent, expected) => {
    const { script, pay, attempts } = await aPayableOrder();
    script.fail(POST_PAYMENT, fault);
    expect(await pay()).toMatchObject(expected);
    expect(attempts()).toHaveLength(sent);
  });

  it.each([
    'reset-before-processing',
    'drop-after-commit',
    'timeout',
    'timeout-after-commit',
    'latency',
    'latency-after-commit',
    'truncated-json',
    'server-error',
  ] as const)('%s without a requestId is never sent again', async (fault) => {
    const { script, pay, attempts } = await aPayableOrder();
    script.fail(POST_PAYMENT, fault);
    await expect(pay()).rejects.toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      outcome: 'unknown',
    });
    expect(attempts()).toHaveLength(1);
  });

  it.each([
    ['reset-before-processing', false],
    ['timeout', false],
    ['latency', false],
    ['server-error', false],
    ['drop-after-commit', true],
    ['timeout-after-commit', true],
    ['latency-after-commit', true],
    ['truncated-json', true],
  ] as const)('%s with a requestId is one payment', async (fault, replayed) => {
    const { script, pay, payments } = await aPayableOrder();
    script.fail(POST_PAYMENT, fault);
    expect(await pay('purchase-1')).toMatchObject({ replayed });
    expect((await payments.list()).count).toBe(1);
  });

  it('fails as often as it is told to', async () => {
    const { script, pay, attempts } = await aPayableOrder();
    script.fail(POST_PAYMENT, 'never-connected', { times: 3 });
    await expect(pay()).rejects.toMatchObject({ code: 'GLOMOPAY_UNREACHABLE' });
    expect(attempts()).toHaveLength(3);
    expect(await pay()).toMatchObject({ status: 'pending' });
  });

  it('gives scripted answers in their order, then its own again', async () => {
    const { script, orders } = await aTest();
    script
      .answer('GET /api/v1/orders/{id}', { status: 404, body: { message: 'gone' } })
      .answer('GET /api/v1/orders/{id}', ({ id }) => ({
        body: { id, customer_id: 'cust_1', status: 'expired', amount: 1, currency: 'USD' },
      }));
    const { id } = await orders.create(anOrder());
    await expect(orders.get(id)).rejects.toMatchObject({ status: 404, gatewayMessage: 'gone' });
    expect(await orders.get(id)).toMatchObject({ status: 'expired', amount: 1 });
    expect(await orders.get(id)).toMatchObject({ status: 'active', amount: 1000 });
  });

  it.each(['{id}', ':id', '{order_id}'])('takes %s in the place of an id', async (id) => {
    const { script, orders } = await aTest();
    const order = await orders.create(anOrder());
    script.answer(`GET /api/v1/orders/${id}`, { status: 404, body: { message: 'gone' } });
    await expect(orders.get(order.id)).rejects.toMatchObject({ gatewayMessage: 'gone' });
    expect(await orders.get(order.id)).toMatchObject({ id: order.id });
    expect((await orders.list()).count).toBe(1);
  });

  it('takes /payment and /payments for one path, and shows the one that was sent', async () => {
    const { script, orders, payments } = await aTest({ paymentsPath: '/api/v1/payment' });
    const { id } = await orders.create(anOrder());
    script.fail(POST_PAYMENT, 'never-connected');
    await payments.create(aPayment({ orderId: id }));
    expect(script.requests.slice(1).map(({ path }) => path)).toEqual([
      '/api/v1/payment',
      '/api/v1/payment',
    ]);
  });

  it.each([
    ['approve', 'success'],
    ['success', 'success'],
    ['decline', 'failed'],
    ['failed', 'failed'],
  ] as const)('ends a payment by %s in %s', async (decision, status) => {
    const { script, pay, payments } = await aPayableOrder();
    const { paymentId } = await pay();
    expect(script.complete(paymentId, decision)).toMatchObject({ status });
    expect(await payments.get(paymentId)).toMatchObject({ status });
  });

  it('scripts one object by its id', async () => {
    const { script, orders } = await aTest();
    const [one, other] = [await orders.create(anOrder()), await orders.create(anOrder())];
    script.answer(`GET /api/v1/orders/${one.id}`, { status: 403, body: { message: 'no' } });
    expect(await orders.get(other.id)).toMatchObject({ id: other.id });
    await expect(orders.get(one.id)).rejects.toMatchObject({ status: 403 });
  });

  it('says what to script for a call that it does not know', async () => {
    const { module } = await aTest();
    await expect(module.get(SubscriptionsService).pause('sub_1')).rejects.toThrow(
      /script\.answer\('[A-Z]+ \/api\/v1\/subscriptions\//,
    );
  });

  it.each([
    ['an unknown operation', () => new GlomopayScript().answer('/api/v1/orders', {})],
    ['an unknown fault', () => new GlomopayScript().fail(POST_PAYMENT, 'toString' as 'timeout')],
    ['an unknown decision', () => new GlomopayScript().complete('payt_1', 'paid' as 'approve')],
    ['an unknown payment', () => new GlomopayScript().complete('payt_1', 'success')],
  ])('refuses %s', (_, use) => {
    expect(use).toThrow(TypeError);
  });

  it('does not let a payment end twice', async () => {
    const { script, pay } = await aPayableOrder();
    const { paymentId } = await pay();
    script.complete(paymentId, 'success');
    expect(script.complete(paymentId, 'success')).toMatchObject({ status: 'success' });
    expect(() => script.complete(paymentId, 'failed')).toThrow(TypeError);
    await expect(pay()).rejects.toMatchObject({ status: 400 });
  });

  it('ends an attempt that its caller has given up', async () => {
    const { orders, script } = await aTest();
    await expect(orders.list({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'GLOMOPAY_ABORTED',
    });
    expect(script.requests).toEqual([]);
  });

  it.each(canaries)('keeps what was sent without the card that ends in $cvv', async (canary) => {
    const { script, orders, payments } = await aTest();
    const { id } = await orders.create(anOrder());
    const notes = { memo: `my card ${canary.number}`, [canary.number]: 'x' };
    const { paymentId } = await payments.create(
      aPayment({ orderId: id, card: cardOf(canary), notes }),
    );
    const [, sent] = script.requests;
    expect(sent).toMatchObject({
      method: 'POST',
      path: '/api/v1/payments',
      id: undefined,
      body: { order_id: id, card: { cvv: '***', holder_name: '***', expiry_month: '***' } },
    });
    const { number, cvv, holderName } = canary;
    const kept = { script, requests: script.requests, sent: inspect(sent, { depth: 9 }) };
    expectNoSecrets(kept, { number, cvv, holderName });
    expectNoSecrets(script.complete(paymentId, 'success'), { number, cvv, holderName });
    expectNoSecrets(await payments.list(), { number, cvv, holderName });
  });

  it('names paths by their templates, and forgets on reset', async () => {
    const { script, orders } = await aTest();
    const { id } = await orders.create(anOrder());
    await orders.get(id);
    await orders.list({ perPage: 5 });
    expect(
      script.requests.map((request) => [request.method, request.path, request.id, request.query]),
    ).toEqual([
      ['POST', '/api/v1/orders', undefined, {}],
      ['GET', '/api/v1/orders/{id}', id, {}],
      ['GET', '/api/v1/orders', undefined, { per_page: '5' }],
    ]);
    script.reset();
    expect(script.requests).toEqual([]);
    await expect(orders.get(id)).rejects.toMatchObject({ status: 404 });
  });
});

describe('a host beside the script', () => {
  const outcomes: PaymentOutcome[] = [];

  @Injectable()
  class Purchases {
    @OnPaymentOutcome()
    async record(outcome: PaymentOutcome): Promise<void> {
      outcomes.push(outcome);
    }
  }

  it('tracks a payment to its one outcome, whoever witnesses it', async () => {
    const module = await Test.createTestingModule({
      imports: [
        GlomopayTestingModule.forRoot(),
        GlomopayTrackingModule.forRoot({ store: new MemoryTrackingStore(), sweep: { everyMs: 0 } }),
      ],
      providers: [Purchases],
    }).compile();
    open.push(module);
    await module.init();
    const script = module.get(GlomopayScript);
    const tracker = module.get(PaymentTracker);
    const order = await module.get(OrdersService).create(anOrder());
    script.fail('POST /api/v1/payments', 'drop-after-commit');
    const dto = aPayment({ orderId: order.id, requestId: 'purchase-1' });
    const { payment } = await tracker.pay(dto, { amount: 1000, currency: 'USD' });
    const data = script.complete(payment.paymentId ?? '', 'success');
    const { body, headers } = signWebhook({ type: 'payment.success', data }, script.webhookSecret);
    await module.get(WebhookInbox).receive(body, headers['x-glomopay-signature']);
    await until(async () => (await tracker.get('purchase-1'))?.state === 'succeeded');
    await tracker.check('purchase-1');
    expect(outcomes.map(({ reference }) => reference)).toEqual(['purchase-1']);
  });

  const glomopay = GlomopayModule.forRoot({
    secretKey: 'the-key-of-the-host',
    callbackUrl: 'https://shop.example/back',
  });
  @Module({ imports: [glomopay] })
  class AppModule {}

  it('keeps its own module and keys when only the gateway is put in its place', async () => {
    const script = new GlomopayScript();
    const builder = Test.createTestingModule({ imports: [AppModule] });
    const module = await overrideGateway(builder, script).compile();
    open.push(module);
    await module.get(OrdersService).create(anOrder());
    expect(script.requests).toHaveLength(1);
    const said = { orderId: 'order_1', paymentId: 'payt_1', status: 'failed' } as const;
    const { query } = signCallback(said, 'the-key-of-the-host');
    expect(module.get(CallbackVerifier).verify(query)).toEqual(said);
  });

  it('can have its registration replaced, where that is a constant', async () => {
    const module = await Test.createTestingModule({ imports: [AppModule] })
      .overrideModule(glomopay)
      .useModule(GlomopayTestingModule.forRoot())
      .compile();
    open.push(module);
    await module.get(OrdersService).create(anOrder());
    expect(module.get(GlomopayScript).requests).toHaveLength(1);
  });
});
