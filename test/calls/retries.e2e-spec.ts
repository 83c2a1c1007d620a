import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  anOrderBody,
  aPageBody,
  aPaymentBody,
  aStartedPaymentBody,
} from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { FastClock } from '../support/library/fast-clock.js';
import { holdLimits, silence } from '../support/library/held-limits.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder, type Reply } from '../support/library/recorder.js';
import { anOrder, aPayment } from '../support/library/requests.js';

let gateway: Recorder;
let library: OpenLibrary;

holdLimits();

beforeAll(async () => {
  gateway = await Recorder.start();
});
beforeEach(async () => {
  gateway.reset();
  library = await openLibrary(gateway.url);
});
afterEach(() => library.close());
afterAll(() => gateway.stop());

const reset: Reply = (_, response) => void response.socket?.resetAndDestroy();
const refused = (message: string, status = 400): Reply => ({
  status,
  body: { error: 'Bad Request', message },
});

const failures = {
  429: { status: 429, body: { message: 'Too many requests' } },
  500: { status: 500, body: { message: 'Internal Server Error' } },
  502: { status: 502, body: '<html>Bad Gateway</html>' },
  503: { status: 503, body: {} },
  504: { status: 504, body: {} },
  408: { status: 408, body: {} },
  425: { status: 425, body: {} },
  302: { status: 302, headers: { location: '/elsewhere' } },
  reset,
  silence,
  'bad JSON': { status: 201, body: '{"id":' },
  400: refused('Validation failed'),
  401: { status: 401, body: { message: 'Unauthorized' } },
  403: { status: 403, body: {} },
  404: { status: 404, body: { error: 'Not Found', message: 'Customer not found' } },
  409: { status: 409, body: { error: 'Conflict', message: 'Another record holds it' } },
  422: { status: 422, body: {} },
} satisfies Record<string, Reply>;

type Failure = keyof typeof failures;

const again: readonly Failure[] = [
  500,
  502,
  503,
  504,
  408,
  425,
  302,
  'reset',
  'silence',
  'bad JSON',
];
const never: readonly Failure[] = [400, 401, 403, 404, 409, 422];

describe('a read', () => {
  it.each([...again, 429 as const])('is tried again after %s', async (failure) => {
    gateway.next(failures[failure], failures[failure], { body: anOrderBody() });
    await expect(library.orders.get('order_68c00b7btsthf')).resolves.toMatchObject({
      status: 'active',
    });
    expect(gateway.calls()).toHaveLength(3);
  });

  it.each(never)('is not tried again after %s', async (failure) => {
    gateway.always(failures[failure]);
    const thrown = await failureOf(library.orders.get('order_68c00b7btsthf'));
    expect(thrown).toMatchObject({ outcome: 'rejected', status: failure });
    expect(gateway.calls()).toHaveLength(1);
  });

  it('says of a 5xx what it was', async () => {
    gateway.always(failures[503]);
    const thrown = await failureOf(library.orders.get('order_1'));
    expect(thrown).toMatchObject({ name: 'GlomopayServerError', status: 503 });
    expect(gateway.calls()).toHaveLength(3);
  });
});

describe('a create without requestId', () => {
  it.each(again)('is sent once and unknown after %s', async (failure) => {
    gateway.always(failures[failure]);
    const thrown = await failureOf(library.payments.create(aPayment()));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      outcome: 'unknown',
      attempts: 1,
    });
    expect(gateway.calls()).toEqual(['POST /api/v1/payments']);
  });

  it.each(never)('is sent once and rejected after %s', async (failure) => {
    gateway.always(failures[failure]);
    const thrown = await failureOf(library.payments.create(aPayment()));
    expect(thrown).toMatchObject({ outcome: 'rejected', status: failure });
    expect(gateway.calls()).toEqual(['POST /api/v1/payments']);
  });

  it('is sent again after 429, which refused it', async () => {
    gateway.next(failures[429], { status: 201, body: aStartedPaymentBody() });
    await library.payments.create(aPayment());
    expect(gateway.calls()).toHaveLength(2);
  });

  it.each(['', null, undefined])('is one with a requestId of %p', async (requestId) => {
    gateway.always(failures[500]);
    const order = { ...anOrder(), requestId } as ReturnType<typeof anOrder>;
    await failureOf(library.orders.create(order));
    expect(gateway.count('POST')).toBeLessThanOrEqual(1);
  });

  it('that only inherits one is refused, because it would not be sent', async () => {
    const order = Object.assign(Object.create({ requestId: 'shop-1' }) as object, anOrder());
    const thrown = await failureOf(library.orders.create(order as ReturnType<typeof anOrder>));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
    expect(gateway.calls()).toEqual([]);
  });
});

describe('a create with requestId', () => {
  const order = anOrder({ requestId: 'shop-1' });

  it.each([...again, 429 as const])('is sent again, the same, after %s', async (failure) => {
    gateway.next(failures[failure], failures[failure], { status: 201, body: anOrderBody() });
    await expect(library.orders.create(order)).resolves.toMatchObject({ replayed: false });
    expect(gateway.calls()).toEqual(Array<string>(3).fill('POST /api/v1/orders'));
    expect(new Set(gateway.requests.map(({ text }) => text)).size).toBe(1);
  });

  it.each([401, 403, 404] as const)('is not sent or looked for after %s', async (failure) => {
    gateway.always(failures[failure]);
    const thrown = await failureOf(library.orders.create(order));
    expect(thrown).toMatchObject({ outcome: 'rejected', requestId: 'shop-1' });
    expect(gateway.calls()).toEqual(['POST /api/v1/orders']);
  });

  it.each(again)(
    'is looked up, and unknown when not found, after three times %s',
    async (failure) => {
      gateway.next(failures[failure], failures[failure], failures[failure]);
      gateway.always({ body: aPageBody([]) });
      const thrown = await failureOf(library.orders.create(order));
      expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', requestId: 'shop-1' });
      expect(gateway.count('POST')).toBe(3);
      expect(gateway.calls()[3]).toBe('GET /api/v1/orders?request_id=shop-1');
    },
  );

  it.each(again)('is given back when found after three times %s', async (failure) => {
    gateway.next(failures[failure], failures[failure], failures[failure]);
    gateway.always({ body: aPageBody([anOrderBody()]) });
    await expect(library.orders.create(order)).resolves.toMatchObject({
      id: 'order_68c00b7btsthf',
      replayed: true,
    });
  });

  it('is rejected after three times 429, and not looked up', async () => {
    gateway.always(failures[429]);
    const thrown = await failureOf(library.orders.create(order));
    expect(thrown).toMatchObject({ name: 'GlomopayRateLimitError', outcome: 'rejected' });
    expect(gateway.calls()).toEqual(Array<string>(3).fill('POST /api/v1/orders'));
  });

  it.each([400, 401, 404, 422] as const)(
    'that got lost and then %i is decided by the look-up: found',
    async (status) => {
      gateway.next(reset, failures[status], { body: aPageBody([anOrderBody()]) });
      await expect(library.orders.create(order)).resolves.toMatchObject({ replayed: true });
    },
  );

  it('that got lost and then 401 stays unknown where the look-up is refused too', async () => {
    gateway.next(reset).always(failures[401]);
    const thrown = await failureOf(library.orders.create(order));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', outcome: 'unknown' });
  });
});

describe.each([400, 409, 422] as const)(
  'a refusal with %i of a create with requestId',
  (status) => {
    const order = anOrder({ requestId: 'shop-1' });
    const refusal = refused('quote_id has already been used', status);

    it('holds when one look finds nothing', async () => {
      gateway.next(refusal, { body: aPageBody([]) });
      const thrown = await failureOf(library.orders.create(order));
      expect(thrown).toMatchObject({
        outcome: 'rejected',
        status,
        gatewayMessage: 'quote_id has already been used',
      });
      expect(gateway.calls()).toEqual([
        'POST /api/v1/orders',
        'GET /api/v1/orders?request_id=shop-1',
      ]);
    });

    it('is overruled by the order that an earlier call has opened', async () => {
      gateway.next(refusal, { body: aPageBody([anOrderBody()]) });
      await expect(library.orders.create(order)).resolves.toMatchObject({
        id: 'order_68c00b7btsthf',
        replayed: true,
      });
      expect(gateway.count('POST')).toBe(1);
    });

    it('is overruled by the payment that an earlier call has started', async () => {
      gateway.next(refusal, { body: aPageBody([aPaymentBody()]) });
      await expect(library.payments.create(aPayment({ requestId: 'p-1' }))).resolves.toMatchObject({
        paymentId: 'payt_691eeb9aV79Uk',
        status: 'success',
        replayed: true,
      });
    });

    it('is a conflict when the requestId belongs to another order', async () => {
      gateway.next(refusal, { body: aPageBody([anOrderBody({ amount: 999 })]) });
      const thrown = await failureOf(library.orders.create(order));
      expect(thrown).toMatchObject({
        code: 'GLOMOPAY_REQUEST_ID_CONFLICT',
        differing: ['amount'],
      });
    });

    it('holds when the list shows an order of another requestId', async () => {
      gateway.next(refusal, { body: aPageBody([anOrderBody({ request_id: 'shop-2' })]) });
      const thrown = await failureOf(library.orders.create(order));
      expect(thrown).toMatchObject({ outcome: 'rejected', status });
    });

    it.each(['reset', 'silence', 500, 401, 400, 'bad JSON'] as const)(
      'is unknown when the look fails by %s',
      async (failure) => {
        gateway.next(refusal).always(failures[failure]);
        const thrown = await failureOf(library.orders.create(order));
        expect(thrown).toMatchObject({
          code: 'GLOMOPAY_OUTCOME_UNKNOWN',
          outcome: 'unknown',
          status,
          requestId: 'shop-1',
          cause: { outcome: 'rejected', gatewayMessage: 'quote_id has already been used' },
        });
        expect(gateway.count('POST')).toBe(1);
      },
    );

    it('is unknown when what is listed cannot be read', async () => {
      gateway.next(refusal, { body: aPageBody([anOrderBody({ amount: 'much' })]) });
      const thrown = await failureOf(library.orders.create(order));
      expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    });

    it('is unknown when the caller leaves before the look', async () => {
      const leaving = new AbortController();
      gateway.next((_, response) => {
        leaving.abort();
        response.writeHead(status).end('{}');
      });
      gateway.always({ body: aPageBody([anOrderBody()]) });
      const thrown = await failureOf(library.orders.create(order, { signal: leaving.signal }));
      expect(thrown).toMatchObject({ outcome: 'unknown' });
    });

    it('of a create without requestId holds at once', async () => {
      gateway.next(refusal);
      const thrown = await failureOf(library.orders.create(anOrder()));
      expect(thrown).toMatchObject({ outcome: 'rejected', status });
      expect(gateway.calls()).toEqual(['POST /api/v1/orders']);
    });
  },
);

const duplicateOrder = refused('Order already exists for this request_id');
const duplicatePayment = refused('Payment already exists for this request_id');

describe('a duplicate', () => {
  it('order is given back as it is, and called replayed', async () => {
    gateway.next(duplicateOrder, { body: aPageBody([anOrderBody({ status: 'paid' })]) });
    const order = await library.orders.create(anOrder({ requestId: 'shop-1' }));
    expect(order).toMatchObject({ status: 'paid', replayed: true });
    expect(gateway.calls()).toEqual([
      'POST /api/v1/orders',
      'GET /api/v1/orders?request_id=shop-1',
    ]);
  });

  it('payment is given back with its own status and without a redirect', async () => {
    gateway.next(duplicatePayment, {
      body: aPageBody([aPaymentBody({ status: 'in_progress' })]),
    });
    const attempt = await library.payments.create(aPayment({ requestId: 'p-1' }));
    expect(attempt).toMatchObject({
      paymentId: 'payt_691eeb9aV79Uk',
      status: 'in_progress',
      nextSteps: [],
      replayed: true,
    });
    expect(attempt).not.toHaveProperty('redirectUrl');
  });

  it('payment is recognised whoever holds the card', async () => {
    gateway.next(duplicatePayment, { body: aPageBody([aPaymentBody()]) });
    const payment = aPayment({ requestId: 'p-1' });
    const card = { ...payment.card, holderName: 'Quest' } as typeof payment.card;
    await expect(library.payments.create({ ...payment, card })).resolves.toMatchObject({
      replayed: true,
    });
  });

  it('of 409 is one with the exact text only', async () => {
    gateway.next(refused('Record already exists', 409), { body: aPageBody([anOrderBody()]) });
    await expect(library.orders.create(anOrder({ requestId: 'a' }))).resolves.toMatchObject({
      replayed: true,
    });
  });

  it.each([
    ['Order already exists for this request_id.', 400],
    [' Order already exists for this request_id', 400],
    ['order already exists for this request_id', 400],
    ['Payment already exists for this request_id', 400],
    ['Validation failed: note "Order already exists for this request_id" is reserved', 400],
    ['Order already exists for this request_id', 422],
    ['Order already exists for this request_id', 409],
    ['Record already exists', 400],
  ])('is not read out of "%s" with %i', async (message, status) => {
    gateway.next(refused(message, status)).always({ body: aPageBody([]) });
    const thrown = await failureOf(library.orders.create(anOrder({ requestId: 'shop-1' })));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_API', outcome: 'rejected', status });
    expect(gateway.calls()).toHaveLength(2);
  });

  it('is not believed of a request that carried no requestId', async () => {
    gateway.always(duplicateOrder);
    const thrown = await failureOf(library.orders.create(anOrder()));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_API', status: 400 });
  });

  it.each([
    ['amount', { amount: 999 }],
    ['currency', { currency: 'EUR' }],
    ['customerId', { customer_id: 'cust_other' }],
  ])('of another %s is a conflict, never a success', async (member, change) => {
    gateway.next(duplicateOrder, { body: aPageBody([anOrderBody(change)]) });
    const thrown = await failureOf(library.orders.create(anOrder({ requestId: 'shop-1' })));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_REQUEST_ID_CONFLICT',
      outcome: 'unknown',
      requestId: 'shop-1',
      existingId: 'order_68c00b7btsthf',
      differing: [member],
    });
  });

  it.each([
    ['orderId', aPayment({ requestId: 'p' }), { payin_id: 'order_other' }],
    ['orderId', aPayment({ requestId: 'p' }), { payin_id: null }],
    [
      'subscriptionId',
      aPayment({ requestId: 'p', orderId: undefined, subscriptionId: 'sub_1' }),
      { subscription_id: 'sub_2' },
    ],
  ])('payment of another %s is a conflict', async (member, payment, change) => {
    gateway.next(duplicatePayment, { body: aPageBody([aPaymentBody(change)]) });
    const thrown = await failureOf(library.payments.create(payment));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_REQUEST_ID_CONFLICT', differing: [member] });
  });

  it('charged in another currency than requested is the same payment', async () => {
    gateway.next(duplicatePayment, {
      body: aPageBody([aPaymentBody({ payment_currency: 'AED', payment_amount: 3746 })]),
    });
    await expect(library.payments.create(aPayment({ requestId: 'p' }))).resolves.toMatchObject({
      replayed: true,
    });
  });

  it('order on a quote is compared by its customer, because the quote names the amount', async () => {
    gateway.next(duplicateOrder, {
      body: aPageBody([anOrderBody({ amount: 5, currency: 'AED' })]),
    });
    const order = { customerId: 'cust_E602dMzgjpDC', quoteId: 'quote_1', requestId: 'q' };
    await expect(library.orders.create(order)).resolves.toMatchObject({ replayed: true });
  });

  it('found twice is unknown, and none is chosen', async () => {
    gateway.next(duplicateOrder, {
      body: aPageBody([anOrderBody({ id: 'order_1' }), anOrderBody({ id: 'order_2' })]),
    });
    const thrown = await failureOf(library.orders.create(anOrder({ requestId: 'shop-1' })));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      reason: 'the gateway lists several objects under one request_id',
    });
  });

  it('listed with objects of other requests is told from them where the gateway says whose', async () => {
    gateway.next(duplicateOrder, {
      body: aPageBody([
        anOrderBody({ id: 'order_1', request_id: 'shop-2' }),
        anOrderBody({ id: 'order_2', request_id: 'shop-1' }),
      ]),
    });
    await expect(library.orders.create(anOrder({ requestId: 'shop-1' }))).resolves.toMatchObject({
      id: 'order_2',
    });
  });

  it('that is listed only later is waited for', async () => {
    const none: Reply = { body: aPageBody([]) };
    gateway.next(duplicateOrder, none, none, failures[503], {
      body: aPageBody([anOrderBody()]),
    });
    await expect(library.orders.create(anOrder({ requestId: 'shop-1' }))).resolves.toMatchObject({
      replayed: true,
    });
  });

  it('that is never listed is unknown', async () => {
    gateway.next(duplicateOrder).always({ body: aPageBody([]) });
    const thrown = await failureOf(library.orders.create(anOrder({ requestId: 'shop-1' })));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', requestId: 'shop-1' });
    expect(gateway.count('POST')).toBe(1);
  });

  it('after a lost first attempt is the first attempt', async () => {
    gateway.next(reset, duplicatePayment, { body: aPageBody([aPaymentBody()]) });
    await expect(library.payments.create(aPayment({ requestId: 'p' }))).resolves.toMatchObject({
      replayed: true,
    });
  });
});

describe('the worst attempt', () => {
  it('decides: lost and then refused by the port is unknown', async () => {
    const lonely = await Recorder.start();
    const { payments, close } = await openLibrary(lonely.url);
    lonely.always((_, response) => {
      response.socket?.destroy();
      void lonely.stop();
    });
    const thrown = await failureOf(payments.create(aPayment({ requestId: 'p-1' })));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', outcome: 'unknown' });
    expect(lonely.calls()).toHaveLength(1);
    await close();
  });

  it('decides: lost and then 429 is unknown', async () => {
    gateway.next(reset, failures[429], failures[429]).always({ body: aPageBody([]) });
    const thrown = await failureOf(library.orders.create(anOrder({ requestId: 'shop-1' })));
    expect(thrown).toMatchObject({ outcome: 'unknown' });
  });

  it('does not decide a read, which changes nothing', async () => {
    gateway.next(reset, failures[404]);
    const thrown = await failureOf(library.orders.get('order_1'));
    expect(thrown).toMatchObject({ name: 'GlomopayNotFoundError', outcome: 'rejected' });
  });
});

describe('the pause before another attempt', () => {
  async function pausesAfter(replies: readonly Reply[], clock: FastClock): Promise<number[]> {
    const other = await openLibrary(gateway.url, {
      clock,
      options: { deadlineMs: 600_000, retry: { baseDelayMs: 250, maxDelayMs: 400 } },
    });
    gateway.next(...replies).always({ body: anOrderBody() });
    await other.orders.get('order_68c00b7btsthf').catch(() => undefined);
    await other.close();
    return clock.pauses;
  }
  const busy = (after: string): Reply => ({ status: 503, headers: { 'retry-after': after } });

  it.each([
    [0, [0, 0]],
    [0.5, [125, 200]],
    [0.999, [249.75, 399.6]],
  ])('is full jitter under a bound that doubles: %d', async (random, expected) => {
    const clock = new FastClock(() => random);
    const pauses = await pausesAfter([failures[500], failures[500]], clock);
    expect(pauses).toHaveLength(2);
    pauses.forEach((pause, index) => expect(pause).toBeCloseTo(expected[index] ?? -1));
  });

  it.each([
    ['3', 3_000],
    ['0', 100],
    ['61', 60_000],
    ['2147484', 60_000],
    ['2147483648', 60_000],
    ['9'.repeat(400), 60_000],
    ['Sun, 01 Mar 2026 12:00:07 GMT', 7_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 100],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 60_000],
  ])('is what Retry-After %s asks for, within bounds', async (after, pause) => {
    const pauses = await pausesAfter([busy(after)], new FastClock());
    expect(pauses).toHaveLength(1);
    expect(Math.abs((pauses[0] ?? 0) - pause)).toBeLessThan(500);
  });

  it.each(['-5', 'NaN', 'Infinity', '1e3', '0x10', 'soon', '1.5', ''])(
    'is jitter where Retry-After is %p',
    async (after) => {
      expect(await pausesAfter([busy(after)], new FastClock())).toEqual([125]);
    },
  );

  it('that would outlast the deadline is not made', async () => {
    gateway.always(busy('60'));
    const thrown = await failureOf(library.orders.get('order_1', { deadlineMs: 30_000 }));
    expect(thrown).toMatchObject({ status: 503 });
    expect(gateway.calls()).toHaveLength(1);
  });
});
