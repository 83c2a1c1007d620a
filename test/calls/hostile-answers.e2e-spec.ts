import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import {
  GlomopayOutcomeUnknownError,
  GlomopayResponseMalformedError,
  type Payment,
} from 'nestjs-glomopay';
import {
  aCustomerBody,
  anOrderBody,
  aPageBody,
  aPaymentBody,
  aPollStep,
  aRedirectStep,
  aStartedPaymentBody,
} from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder } from '../support/library/recorder.js';
import { anOrder, aPayment } from '../support/library/requests.js';

let gateway: Recorder;
let elsewhere: Recorder;
let library: OpenLibrary;

beforeAll(async () => {
  gateway = await Recorder.start();
  elsewhere = await Recorder.start({ body: aPaymentBody() });
  library = await openLibrary(gateway.url);
});
beforeEach(() => {
  gateway.reset();
  elsewhere.reset();
});
afterAll(async () => {
  await library.close();
  await gateway.stop();
  await elsewhere.stop();
});

/** What a read makes of an answer. */
async function readOf(body: unknown): Promise<Payment> {
  gateway.always({ body });
  return library.payments.get('payt_691eeb9aV79Uk');
}

describe('a redirect of the API', () => {
  it.each([301, 302, 303, 307, 308])('%i is not followed by a payment', async (status) => {
    gateway.always({ status, headers: { location: `${elsewhere.url}/steal` } });
    const failure = await failureOf(library.payments.create(aPayment()));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', status });
    expect(elsewhere.calls()).toEqual([]);
    expect(gateway.calls()).toEqual(['POST /api/v1/payments']);
  });

  it.each([301, 302, 303, 307, 308])('%i is not followed by a read', async (status) => {
    gateway.always({ status, headers: { location: `${elsewhere.url}/steal` } });
    const failure = await failureOf(library.payments.get('payt_1'));
    expect(failure).toMatchObject({ outcome: 'unknown', status });
    expect(elsewhere.calls()).toEqual([]);
  });
});

describe('a poll URL', () => {
  const hostile = (other: string): string[] => [
    `${other}/api/v1/payments/payt_691eeb9aV79Uk`,
    `//${new URL(other).host}/api/v1/payments/payt_691eeb9aV79Uk`,
    `http://api.glomopay.com@${new URL(other).host}/`,
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    '/api/v1/payments/../../admin',
    '../admin',
    'https://api.glomopay.com/api/v1/payments/payt_other',
    '\\\\evil.example\\share',
    'javascript:fetch("//evil.example")',
    '',
  ];

  it.each(hostile('http://127.0.0.1:1').map((_, index) => index))(
    'of hostile form %i is never asked; the payment is, at the configured origin',
    async (index) => {
      const url = hostile(elsewhere.url)[index];
      gateway.next(
        { status: 201, body: aStartedPaymentBody({ next_steps: [aPollStep({ url })] }) },
        { body: aPaymentBody() },
      );
      const attempt = await library.payments.create(aPayment());
      await library.payments.waitForFinal(attempt.paymentId);
      expect(gateway.calls()).toEqual([
        'POST /api/v1/payments',
        'GET /api/v1/payments/payt_691eeb9aV79Uk',
      ]);
      expect(elsewhere.calls()).toEqual([]);
    },
  );
});

describe('a redirect step for the buyer', () => {
  it.each([
    'javascript:alert(document.cookie)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'http://secure.glomopay.com/3ds',
    '//secure.glomopay.com/3ds',
    '/3ds',
    'secure.glomopay.com/3ds',
    'https://user:pass@secure.glomopay.com/3ds',
    'https://secure.glomopay.com@evil.example/',
    'https://secure.glo\tmopay.com/',
    'https://secure.glomopay.com/\r\nSet-Cookie: a=b',
    'https:\\\\evil.example\\',
    'https://secure.glomopay.com\\@evil.example/',
    ' https://secure.glomopay.com/',
    'https://secure.glomopay.com/ x',
    'https://',
    'https:',
    'https://[::1',
    'ftp://secure.glomopay.com/',
    'intent://pay#Intent;scheme=https;end',
    'https://exa\u0000mple.com/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    '',
    null,
    42,
    { href: 'https://secure.glomopay.com/' },
    ['https://secure.glomopay.com/'],
  ])('to %j is refused as an unknown outcome that says where', async (url) => {
    gateway.always({ body: aStartedPaymentBody({ next_steps: [aRedirectStep(url)] }) });
    const failure = await failureOf(library.payments.create(aPayment()));
    expect(failure).toBeInstanceOf(GlomopayOutcomeUnknownError);
    expect(failure.cause).toMatchObject({
      code: 'GLOMOPAY_RESPONSE_MALFORMED',
      path: 'payment.next_steps[0].payload.url',
    });
  });

  it.each([
    'https://secure.glomopay.com?paymentId=payt_123&authToken=ey&redirectUrl=https%3A%2F%2Fx',
    'https://secure.glomopay.com/3ds/payt_1#step',
    'https://acs.bank.example:8443/challenge',
    'http://127.0.0.1:4010/3ds/payt_1',
    'http://localhost:4010/3ds/payt_1',
    'http://[::1]:4010/3ds/payt_1',
  ])('to %s is given as it came', async (url) => {
    gateway.always({ body: aStartedPaymentBody({ next_steps: [aRedirectStep(url)] }) });
    await expect(library.payments.create(aPayment())).resolves.toMatchObject({ redirectUrl: url });
  });
});

/** H9: bodies of a 2xx that say nothing. */
const meaningless: [string, unknown][] = [
  ['an empty body', ''],
  ['cut JSON', '{"payment_id":"payt_691eeb9aV79Uk","status":"pend'],
  ['HTML', '<!doctype html><title>Bad Gateway</title>'],
  ['null', 'null'],
  ['true', 'true'],
  ['a number', '42'],
  ['a text', '"payt_691eeb9aV79Uk"'],
  ['a list', [aStartedPaymentBody()]],
  ['an empty object', {}],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ['UTF-16', Buffer.from(JSON.stringify(aStartedPaymentBody()), 'utf16le')],
  ['two objects', `${JSON.stringify(aStartedPaymentBody())}{}`],
  ['another object', anOrderBody()],
  ['an id of another kind', aStartedPaymentBody({ payment_id: 'order_1' })],
  ['an id with a path in it', aStartedPaymentBody({ payment_id: 'payt_1/../..' })],
  ['no status', aStartedPaymentBody({ status: undefined })],
  ['steps that are no list', aStartedPaymentBody({ next_steps: 'redirect' })],
  ['a step that is no object', aStartedPaymentBody({ next_steps: ['redirect'] })],
  ['JSON of 100,000 brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
];

describe('a 2xx to a payment', () => {
  it.each(meaningless)('with %s is unknown: neither success nor refusal', async (_, body) => {
    gateway.always({ status: 201, body });
    const failure = await failureOf(library.payments.create(aPayment()));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', outcome: 'unknown' });
    expect(failure.cause).toBeInstanceOf(GlomopayResponseMalformedError);
    expect(gateway.calls()).toEqual(['POST /api/v1/payments']);
  });

  it.each(meaningless)('with %s to a read is malformed', async (_, body) => {
    const failure = await failureOf(readOf(body));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_RESPONSE_MALFORMED', outcome: 'unknown' });
  });

  it('of 204 without a body is unknown', async () => {
    gateway.always((_, response) => response.writeHead(204).end());
    const failure = await failureOf(library.payments.create(aPayment()));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
  });

  it('that is packed although nobody asked is unknown, and not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    gateway.always({ body: bomb, headers: { 'content-encoding': 'gzip' } });
    const before = process.memoryUsage().rss;
    const failure = await failureOf(library.payments.create(aPayment()));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 * 1024);
  });

  it.each([
    ['with its length', { 'content-length': String(80 * 1024 * 1024) }],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ])('of 80 MiB %s is given up after 2 MiB', async (_, headers) => {
    let written = 0;
    gateway.always((__, response) => {
      response.writeHead(201, headers);
      const piece = Buffer.alloc(256 * 1024, ' ');
      const more = (): void => {
        while (written < 80 * 1024 * 1024 && !response.destroyed) {
          written += piece.length;
          if (!response.write(piece)) return void response.once('drain', more);
        }
      };
      more();
    });
    const failure = await failureOf(library.payments.create(aPayment()));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      reason: 'the answer was larger than 2 MiB',
    });
    expect(written).toBeLessThan(40 * 1024 * 1024);
  });

  it('just below 2 MiB is read', async () => {
    const body = aPaymentBody({ padding: 'x'.repeat(2 * 1024 * 1024 - 2_000) });
    await expect(readOf(body)).resolves.toMatchObject({ id: 'payt_691eeb9aV79Uk' });
  });
});

describe('an answer that would poison a prototype', () => {
  const bodies = [
    `{"__proto__":{"isAdmin":true},${JSON.stringify(aPaymentBody()).slice(1)}`,
    `{"constructor":{"prototype":{"isAdmin":true}},${JSON.stringify(aPaymentBody()).slice(1)}`,
    JSON.stringify(aPaymentBody()).replace('"notes":{', '"notes":{"__proto__":"x",'),
    JSON.stringify(aPaymentBody()).replace(
      '"notes":{',
      '"\\u005f_proto__":{"isAdmin":true},"notes":{',
    ),
  ];

  it.each(bodies)('poisons none: %s', async (body) => {
    const payment = await readOf(body);
    for (const value of [payment, payment.raw, payment.notes, { ...payment.raw }, {}]) {
      expect(Reflect.get(value ?? {}, 'isAdmin')).toBeUndefined();
    }
    expect(Object.assign({}, payment.raw)).not.toHaveProperty('isAdmin');
    expect(Object.isFrozen(payment.raw)).toBe(true);
  });

  it('does not lend an inherited member to the reader', async () => {
    const { id: _, ...rest } = aPaymentBody();
    const body = `{"__proto__":{"id":"payt_691eeb9aV79Uk"},${JSON.stringify(rest).slice(1)}`;
    const failure = await failureOf(readOf(body));
    expect(failure).toMatchObject({ path: 'payment.id' });
  });
});

describe('an amount', () => {
  const withAmount = (literal: string): string =>
    JSON.stringify(aPaymentBody()).replace(
      '"requested_amount":1000',
      `"requested_amount":${literal}`,
    );

  it.each([
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['1e3', 1000],
    ['10.00', 10],
    ['0', 0],
  ])('%s is read', async (literal, amount) => {
    await expect(readOf(withAmount(literal))).resolves.toMatchObject({ requestedAmount: amount });
  });

  it.each([
    '9007199254740992',
    '9007199254740993',
    '1e400',
    '10.5',
    '"1000"',
    'null',
    'true',
    '[1000]',
  ])('%s is malformed', async (literal) => {
    const failure = await failureOf(readOf(withAmount(literal)));
    expect(failure).toMatchObject({ path: 'payment.requested_amount' });
    expect(failure.message).not.toContain(literal.replaceAll('"', ''));
  });
});

describe('an answer about something else', () => {
  it.each([
    ['payments.get', () => library.payments.get('payt_1'), aPaymentBody(), 'payment.id'],
    ['orders.get', () => library.orders.get('order_1'), anOrderBody(), 'order.id'],
    ['customers.get', () => library.customers.get('cust_1'), aCustomerBody(), 'customer.id'],
  ])('%s is malformed', async (_, call, body, path) => {
    gateway.always({ body });
    expect(await failureOf(call())).toMatchObject({ code: 'GLOMOPAY_RESPONSE_MALFORMED', path });
  });

  it('customers.update is unknown', async () => {
    gateway.always({ body: aCustomerBody() });
    const failure = await failureOf(library.customers.update('cust_1', { phone: '+1' }));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
  });
});

describe('a tolerant reader', () => {
  it('keeps unknown members and enum values, under raw', async () => {
    const payment = await readOf(
      aPaymentBody({ status: 'teleported', compliance_status: 'new', 'auto_debit?': true, x: [1] }),
    );
    expect(payment).toMatchObject({ status: 'teleported', complianceStatus: 'new' });
    expect(payment.raw).toMatchObject({ 'auto_debit?': true, x: [1], status: 'teleported' });
  });

  it('keeps unknown steps and finds the known ones by action, not by place', async () => {
    const dance = { action: 'dance', payload: { tempo: 'vivace' } };
    gateway.always({
      body: aStartedPaymentBody({ next_steps: [dance, aPollStep(), aRedirectStep()] }),
    });
    const attempt = await library.payments.create(aPayment());
    expect(attempt.nextSteps[0]).toEqual({ action: 'unknown', name: 'dance', raw: dance });
    expect(attempt.redirectUrl).toContain('https://secure.glomopay.com');
    expect(attempt.poll).toMatchObject({ intervalMs: 5000 });
  });

  it.each([
    ['absent', undefined],
    ['null', null],
    ['empty', []],
  ])('takes %s steps for none', async (_, steps) => {
    gateway.always({ body: aStartedPaymentBody({ next_steps: steps }) });
    const attempt = await library.payments.create(aPayment());
    expect(attempt.nextSteps).toEqual([]);
    expect(attempt).not.toHaveProperty('redirectUrl');
  });

  it("reads the gateway's odd samples of an order", async () => {
    gateway.always({
      body: anOrderBody({
        payment_methods: 'card',
        rfi_documents: { rfi_doc_id: 'rfidoc_1', name: 'Passport' },
        product: 'none',
        notes: [],
        invoice_amount: '1000',
      }),
    });
    await expect(library.orders.get('order_68c00b7btsthf')).resolves.toMatchObject({
      paymentMethods: ['card'],
      rfiDocuments: [{ rfiDocId: 'rfidoc_1', name: 'Passport' }],
      product: null,
      notes: null,
      invoiceAmount: null,
    });
  });

  it('reads a payment of which only the checked members are there', async () => {
    const body = {
      id: 'payt_691eeb9aV79Uk',
      status: 'in_progress',
      requested_amount: 1,
      requested_currency: 'JPY',
    };
    await expect(readOf(body)).resolves.toMatchObject({
      payinId: null,
      fundsAvailable: false,
      paymentMethod: null,
      notes: null,
    });
  });

  const checked: [string, Record<string, unknown>][] = [
    ['payment.id', { id: 7 }],
    ['payment.status', { status: null }],
    ['payment.payin_id', { payin_id: 7 }],
    ['payment.subscription_id', { subscription_id: 'order_1' }],
    ['payment.compliance_status', { compliance_status: {} }],
    ['payment.requested_amount', { requested_amount: undefined }],
    ['payment.requested_currency', { requested_currency: 840 }],
  ];

  it.each(checked)('names %s where it is wrong', async (path, change) => {
    expect(await failureOf(readOf(aPaymentBody(change)))).toMatchObject({ path });
  });

  it('reads a body with a byte order mark', async () => {
    await expect(readOf(`\uFEFF${JSON.stringify(aPaymentBody())}`)).resolves.toMatchObject({
      status: 'success',
    });
  });
});

describe('a list', () => {
  it.each([
    ['page', []],
    ['page.data', { ...aPageBody([]), data: {} }],
    ['page.page_meta', { data: [] }],
    ['page.page_meta.next', aPageBody([], { next: '2' })],
    ['page.page_meta.count', aPageBody([], { count: 1.5 })],
  ])('names %s where it is wrong', async (path, body) => {
    gateway.always({ body });
    expect(await failureOf(library.orders.list())).toMatchObject({ path });
  });

  it('gives data and the place in the whole', async () => {
    gateway.always({ body: aPageBody([anOrderBody()], { next: 2, pages: 3, count: 41 }) });
    await expect(library.orders.list()).resolves.toMatchObject({
      data: [{ id: 'order_68c00b7btsthf' }],
      current: 1,
      previous: null,
      next: 2,
      perPage: 20,
      pages: 3,
      count: 41,
    });
  });

  it('is fetched page by page as it is consumed', async () => {
    gateway.next(
      { body: aPageBody([anOrderBody({ id: 'order_1' })], { next: 2 }) },
      { body: aPageBody([anOrderBody({ id: 'order_2' })], { current: 2, next: 3 }) },
      { body: aPageBody([anOrderBody({ id: 'order_3' })], { current: 3 }) },
    );
    const ids: string[] = [];
    const requests: number[] = [];
    for await (const order of library.orders.listAll({ status: 'paid' })) {
      ids.push(order.id);
      requests.push(gateway.requests.length);
    }
    expect(ids).toEqual(['order_1', 'order_2', 'order_3']);
    expect(requests).toEqual([1, 2, 3]);
    expect(gateway.calls()[2]).toBe('GET /api/v1/orders?page=3&status=paid');
  });

  it.each([1, 0, -1])(
    'is not taken for whole where the next page is said to be %i',
    async (next) => {
      gateway.always({ body: aPageBody([anOrderBody()], { next }) });
      const ids: string[] = [];
      const reading = async (): Promise<void> => {
        for await (const { id } of library.orders.listAll()) ids.push(id);
      };
      expect(await failureOf(reading())).toMatchObject({
        code: 'GLOMOPAY_RESPONSE_MALFORMED',
        path: 'page.page_meta.next',
      });
      expect(ids).toHaveLength(1);
      expect(gateway.calls()).toHaveLength(1);
    },
  );

  it('asks for nothing more once its consumer stops', async () => {
    gateway.always({ body: aPageBody([anOrderBody(), anOrderBody()], { next: 2 }) });
    for await (const _ of library.orders.listAll()) break;
    expect(gateway.calls()).toHaveLength(1);
  });
});

describe('the text of a refusal', () => {
  it.each([
    ['flat', { error: 'Bad Request', message: 'Customer not found' }, 'Customer not found'],
    ['nested', { error: { code: 'X_Y', message: 'Customer not found' } }, 'Customer not found'],
    ['without a message', { error: 'Bad Request' }, 'Bad Request'],
    ['without anything', {}, undefined],
    ['not JSON', '<html>', undefined],
    ['of other types', { message: { a: 1 }, error: 7 }, undefined],
  ])('that is %s is read', async (_, body, gatewayMessage) => {
    gateway.always({ status: 400, body });
    const failure = await failureOf(library.orders.create(anOrder()));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_API', status: 400, gatewayMessage });
  });

  it('is bounded and cannot forge a log line', async () => {
    const message = `first\r\n2026 ERROR paid\u001b[31m\u2028${'x'.repeat(5_000)}`;
    gateway.always({ status: 400, body: { message } });
    const failure = await failureOf(library.orders.create(anOrder()));
    expect(Reflect.get(failure, 'gatewayMessage')).toHaveLength(512);
    expect(failure.message).not.toMatch(/[\p{Cc}\u2028]/u);
  });

  it.each([
    [401, 'GlomopayAuthenticationError'],
    [403, 'GlomopayPermissionError'],
    [404, 'GlomopayNotFoundError'],
    [409, 'GlomopayConflictError'],
    [422, 'GlomopayUnprocessableError'],
    [429, 'GlomopayRateLimitError'],
    [400, 'GlomopayApiError'],
    [402, 'GlomopayApiError'],
    [451, 'GlomopayApiError'],
  ])('of a %i is a %s', async (status, name) => {
    gateway.always({ status, body: { message: 'No', code: 'INSUFFICIENT_BALANCE' } });
    const failure = await failureOf(library.orders.create(anOrder()));
    expect(failure).toMatchObject({
      name,
      outcome: 'rejected',
      status,
      gatewayCode: 'INSUFFICIENT_BALANCE',
      call: 'POST /api/v1/orders',
    });
  });
});
