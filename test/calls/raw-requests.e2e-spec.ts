import { tracingChannel } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { RawRequestsService, type RawRequest } from 'nestjs-glomopay';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder, type Reply } from '../support/library/recorder.js';

let gateway: Recorder;
let library: OpenLibrary;
let raw: RawRequestsService;

beforeAll(async () => {
  gateway = await Recorder.start();
});
beforeEach(async () => {
  gateway.reset();
  gateway.always({ body: { data: 1 } });
  library = await openLibrary(gateway.url);
  raw = library.module.get(RawRequestsService);
});
afterEach(() => library.close());
afterAll(() => gateway.stop());

const reset: Reply = (_, response) => void response.socket?.resetAndDestroy();
const broken = (request: object) => failureOf(raw.send(request as RawRequest));

describe('RawRequestsService.send', () => {
  it('sends path, query and body as they are, with the key, and gives the body of the answer', async () => {
    gateway.next({ status: 201, body: { id: 'aval_1', nested: [{ deep: null }] } });
    const body = { account: { number: '1', list: [1, 'a', null, true] }, note: undefined };
    const query = { currency: 'USD', page: 2, all: false, name: 'a&b=c d', left: undefined };
    await expect(
      raw.send({ method: 'POST', path: '/api/v1/bank_account_validations', query, body }),
    ).resolves.toEqual({ id: 'aval_1', nested: [{ deep: null }] });
    expect(gateway.requests).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/bank_account_validations?currency=USD&page=2&all=false&name=a%26b%3Dc+d',
        headers: { authorization: expect.stringMatching(/^Bearer ey/) },
        json: { account: { number: '1', list: [1, 'a', null, true] } },
      },
    ]);
  });

  it('gives undefined for an empty body', async () => {
    gateway.next((_, response) => void response.writeHead(204).end());
    await expect(
      raw.send({ method: 'DELETE', path: '/api/v1/virtual_accounts' }),
    ).resolves.toBeUndefined();
  });

  it('answers from the sandbox what a method answers', async () => {
    const sandbox = await GlomopaySandbox.start();
    const inSandbox = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
    const service = inSandbox.module.get(RawRequestsService);
    const path = `/api/v1/customer/${sandbox.demoCustomerId}` as const;
    await expect(service.send({ method: 'GET', path })).resolves.toMatchObject({
      id: sandbox.demoCustomerId,
    });
    await inSandbox.close();
    await sandbox.stop();
  });

  it('sends a read again, and nothing else once it may have arrived', async () => {
    gateway.next(reset, { body: { ok: true } });
    await raw.send({ method: 'GET', path: '/api/v1/mid_market_rate' });
    expect(gateway.count('GET')).toBe(2);
    for (const method of ['POST', 'PATCH', 'DELETE'] as const) {
      gateway.next(reset);
      const request = { method, path: '/api/v1/things', body: { request_id: 'r-1' } };
      await expect(broken(request)).resolves.toMatchObject({
        code: 'GLOMOPAY_OUTCOME_UNKNOWN',
        attempts: 1,
        requestId: 'r-1',
      });
      expect(gateway.count(method)).toBe(1);
    }
  });

  it('sends a write again while it was only refused for now', async () => {
    gateway.next({ status: 429, body: { message: 'slow down' } });
    await expect(raw.send({ method: 'POST', path: '/api/v1/things' })).resolves.toEqual({
      data: 1,
    });
    expect(gateway.count('POST')).toBe(2);
  });

  it('is an error as of every call, without the id, the query and the body', async () => {
    const id = 'cust_5JU9yv0lGSUP';
    gateway.always({ status: 400, body: { message: 'No', code: 'ODD' } });
    const failure = await broken({
      method: 'POST',
      path: `/api/v1/customer/${id}/bank-accounts/98765432a`,
      query: { account: 'secret-query' },
      body: { holder: 'secret-body' },
    });
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_API',
      call: 'POST /api/v1/customer/{id}/bank-accounts/{id}',
      gatewayMessage: 'No',
      gatewayCode: 'ODD',
    });
    const shown = `${String(failure)} ${failure.stack} ${JSON.stringify(failure)}`;
    expect(shown).not.toMatch(/5JU9yv0lGSUP|98765432a|secret-/);
  });

  it('shows no number of an account or a taxpayer in an error, though the gateway repeats it', async () => {
    const numbers = { account: '987654321', iban: 'GB33BUKB2020', pan: 'ABCDE1234F', tax: 55501 };
    const { account, iban, pan, tax } = numbers;
    const message = `${account}, ${iban} and ${pan.toLowerCase()} of ${tax} are taken by Asha Rao`;
    gateway.always({ status: 422, body: { error: 'Unprocessable Entity', message } });
    const failure = await broken({
      method: 'POST',
      path: '/api/v2/beneficiaries',
      query: { pan_number: pan },
      body: {
        name: 'Asha Rao',
        bank_account: { account_number: account, others: [{ sender_iban: [iban] }] },
        notes: { tax_identification_number: tax },
      },
    });
    expect(failure).toMatchObject({
      gatewayMessage: '[removed], [removed] and [removed] of [removed] are taken by Asha Rao',
    });
    const shown = inspect(failure, { depth: 9, showHidden: true });
    for (const number of Object.values(numbers)) expect(shown).not.toContain(String(number));
  });

  it('gives such a number back where it is the answer', async () => {
    gateway.next({ status: 201, body: { id: 'bene_1', account_number: '987654321' } });
    const body = { account_number: '987654321' };
    await expect(
      raw.send({ method: 'POST', path: '/api/v2/beneficiaries', body }),
    ).resolves.toEqual({ id: 'bene_1', account_number: '987654321' });
  });

  it('tells who listens of the words of a path alone', async () => {
    const told: unknown[] = [];
    const keep = (message: unknown) => void told.push(message);
    const channel = tracingChannel('nestjs-glomopay:call');
    const listeners = { start: keep, asyncEnd: keep, end() {}, asyncStart() {}, error: keep };
    channel.subscribe(listeners);
    await raw.send({ method: 'GET', path: '/api/v2/things/thing_1AbC', query: { q: 'quiet' } });
    channel.unsubscribe(listeners);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject({ path: '/api/v2/things/{id}', id: undefined });
    expect(JSON.stringify(told)).not.toMatch(/1AbC|quiet/);
  });

  it('takes the poison out of an answer, and no key comes back in it', async () => {
    await raw.send({ method: 'GET', path: '/api/v1/x' });
    const key = String(gateway.requests[0]?.headers.authorization).replace('Bearer ', '');
    gateway.next({ body: `{"__proto__":{"admin":true},"echo":"${key}"}` });
    const answer = await raw.send({ method: 'GET', path: '/api/v1/x' });
    expect(answer).toEqual({ echo: '[removed]' });
    expect(Reflect.get(Object(answer), 'admin')).toBeUndefined();
  });

  it('ends when the caller says so, and nothing is sent', async () => {
    const options = { signal: AbortSignal.abort() };
    const failure = await failureOf(raw.send({ method: 'GET', path: '/api/v1/x' }, options));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_ABORTED' });
    expect(gateway.requests).toEqual([]);
  });
});

class Custom {
  member = 1;
}
const cycle: Record<string, unknown> = {};
cycle['itself'] = cycle;
const deep = (levels: number): object => (levels === 0 ? {} : { in: deep(levels - 1) });

describe('RawRequestsService.send sends nothing', () => {
  it.each([
    '',
    '/',
    '/api',
    '/api/v1',
    '/api/v1/',
    '/api/v3/orders',
    '/api/v10/orders',
    '/API/v1/orders',
    'api/v1/orders',
    '//api/v1/orders',
    '/_sandbox/state',
    '/api/v1//orders',
    '/api/v1/orders/',
    '/api/v1/orders//order_1',
    '/api/v1/../v2/orders',
    '/api/v1/orders/..',
    '/api/v1/orders/.',
    '/api/v1/orders/order_1.json',
    '/api/v1/orders/%2e%2e/x',
    '/api/v1/orders/order_1%2F..',
    '/api/v1/orders%00',
    '/api/v1/orders?page=1',
    '/api/v1/orders#x',
    '/api/v1/orders;x=1',
    '/api/v1\\orders',
    '/api/v1/orders\\..\\x',
    '/api/v1/orders order_1',
    '/api/v1/orders\r\nX-Header: 1',
    '/api/v1/orders\n',
    '/api/v1/orders/órder',
    '/api/v1/orders/\u2028',
    '/api/v1/orders/a@b',
    '/api/v1/orders/4111111111111111',
    '/api/v1/orders/card_4111111111111111',
    `/api/v1/orders/${'a'.repeat(129)}`,
    `/api/v1${'/abcdefgh'.repeat(80)}`,
    'https://attacker.example/api/v1/orders',
    '//attacker.example/api/v1/orders',
    '@attacker.example/api/v1/orders',
    null,
    undefined,
    7,
    ['/api/v1/orders'],
    { toString: () => '/api/v1/orders' },
  ])('to the path %j', async (path) => {
    const failure = await broken({ method: 'GET', path });
    expect(failure).toMatchObject({ code: 'GLOMOPAY_VALIDATION', violations: [{ path: 'path' }] });
    expect(failure.message).not.toMatch(/4111|attacker/);
    expect(gateway.requests).toEqual([]);
  });

  it.each(['PUT', 'get', 'HEAD', 'OPTIONS', 'CONNECT', '', undefined, 'GET /x'])(
    'by the method %j',
    async (method) => {
      const failure = await broken({ method, path: '/api/v1/orders' });
      expect(failure).toMatchObject({ violations: [{ path: 'method', rule: 'isIn' }] });
      expect(gateway.requests).toEqual([]);
    },
  );

  it.each<[string, unknown, string]>([
    ['a list', [1], 'body'],
    ['a text', 'text', 'body'],
    ['null', null, 'body'],
    ['a class of its own', new Custom(), 'body'],
    ['a date', { at: new Date() }, 'body.at'],
    ['a map', { all: new Map([[1, 2]]) }, 'body.all'],
    ['bytes', { bytes: Buffer.from('x') }, 'body.bytes'],
    ['a boxed text', { text: Object('x') }, 'body.text'],
    ['a function', { run: () => 1 }, 'body.run'],
    ['one that would write itself', { toJSON: () => ({}) }, 'body.toJSON'],
    ['a symbol', { mark: Symbol('x') }, 'body.mark'],
    ['a bigint', { amount: 1n }, 'body.amount'],
    ['NaN', { amount: NaN }, 'body.amount'],
    ['a number without an end', { amount: [1, Infinity] }, 'body.amount[1]'],
    ['a whole number that is not exact', { amount: 2 ** 53 }, 'body.amount'],
    ['a hole in a list', { list: [1, , 2] }, 'body.list[1]'], // oxlint-disable-line no-sparse-arrays
    ['undefined in a list', { list: [undefined] }, 'body.list[0]'],
    ['a prototype', JSON.parse('{"__proto__":{"admin":true}}'), 'body.__proto__'],
    ['a constructor inside', { a: JSON.parse('{"constructor":{}}') }, 'body.a.constructor'],
    ['a card', { order_id: 'order_1', card: { number: '4111111111111111' } }, 'body.card'],
    ['a card that is null', { card: null }, 'body.card'],
    ['a Card inside a list', { all: [{ Card: {} }] }, 'body.all[0].Card'],
    ['a security code', { a: { cvv: '739' } }, 'body.a.cvv'],
    ['a card number', { card_number: '4111111111111111' }, 'body.card_number'],
  ])('of a body that is, or has in it, %s', async (_, body, path) => {
    const failure = await broken({ method: 'POST', path: '/api/v1/payment', body });
    expect(failure).toMatchObject({ code: 'GLOMOPAY_VALIDATION', violations: [{ path }] });
    expect(failure.message).not.toMatch(/4111|739|admin/);
    expect(gateway.requests).toEqual([]);
  });

  it.each([
    'cardNumber',
    'card number',
    'CARD.NUMBER',
    'card_details',
    'cardDetails',
    'credit_card',
    'payment_card',
    'ccNumber',
    'card_no',
    'CVV2',
    'card_cvv',
    'cvv_code',
    'csc',
    'securityCode',
  ])('of a body with a member %s, however deep', async (name) => {
    const body = { a: [{ b: { [name]: '4111111111111111' } }] };
    const failure = await broken({ method: 'POST', path: '/api/v1/x', body });
    expect(failure).toMatchObject({ violations: [{ rule: 'isMember' }] });
    expect(failure.message).not.toContain('4111');
    expect(gateway.requests).toEqual([]);
  });

  it.each(['card', 'card_number', 'cvv', 'card[number]', 'payment[card][cvc]'])(
    'with %s in the query, which proxies write down',
    async (name) => {
      const query = { [name]: '4111111111111111' };
      const failure = await broken({ method: 'GET', path: '/api/v1/x', query });
      expect(failure).toMatchObject({ violations: [{ rule: 'isMember' }] });
      expect(failure.message).not.toContain('4111');
      expect(gateway.requests).toEqual([]);
    },
  );

  it.each<[string, unknown]>([
    ['a text', { reference: '4111111111111111' }],
    ['a text with other words', { notes: { memo: 'card 4111 1111 1111 1111, 12/27' } }],
    ['a number', { reference: 4111111111111111 }],
    ['a list', { all: ['x', ['4111-1111-1111-1111']] }],
    ['a name', { a: { '4111 1111 1111 1111': true } }],
    ['what a web page has between its digits', { memo: '4111\u00A01111\u20131111\u200B1111' }],
    ['an account that is one of a card', { primary_account_number: '4111111111111111' }],
    ['an account of a card', { a: [{ card_account_number: '4111111111111111' }] }],
  ])('of a card number under a name that says nothing of it: in %s', async (_, body) => {
    const failure = await broken({ method: 'POST', path: '/api/v1/x', body });
    expect(failure).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
    expect(failure.message).toContain('PaymentsService');
    expect(failure.message).not.toContain('4111');
    expect(gateway.requests).toEqual([]);
  });

  it('of a card number in the query, whatever its name', async () => {
    const query = { search: '378282246310005' };
    const failure = await broken({ method: 'GET', path: '/api/v1/x', query });
    expect(failure).toMatchObject({ violations: [{ path: 'query.search', rule: 'isAllowed' }] });
    expect(failure.message).not.toContain('3782');
    expect(gateway.requests).toEqual([]);
  });

  it('because of no number that a card merely could have', async () => {
    const body = {
      amount: 100_000,
      request_id: '41111111-1111-4111-8111-111111111111',
      // Numbers of bank accounts may look like those of cards by chance.
      bank_account: { account_number: '4111111111111111', iban: 'AE4111111111111111' },
      account_number: '5555555555554444',
    };
    await raw.send({ method: 'POST', path: '/api/v1/x', body });
    expect(gateway.requests).toMatchObject([{ json: body }]);
  });

  it('because of no member that a card merely has in its name', async () => {
    const body = { card_network: 'Visa', discard: 1, cid: 'c', card_bin: '453249', postcard: 1 };
    const query = { payment_method: 'card', cid: 'c' };
    await raw.send({ method: 'POST', path: '/api/v1/x', body, query });
    expect(gateway.requests).toMatchObject([{ json: body }]);
  });

  it('of a body without an end', async () => {
    await expect(broken({ method: 'POST', path: '/api/v1/x', body: cycle })).resolves.toMatchObject(
      {
        violations: [{ rule: 'isShallow' }],
      },
    );
    const body = deep(33);
    await expect(broken({ method: 'POST', path: '/api/v1/x', body })).resolves.toMatchObject({
      violations: [{ rule: 'isShallow' }],
    });
    expect(gateway.requests).toEqual([]);
    await raw.send({ method: 'POST', path: '/api/v1/x', body: { ...deep(32) } });
    expect(gateway.requests).toHaveLength(1);
  });

  it('of a name that may be what somebody has pasted', async () => {
    const body = { '4111 1111 1111 1112': { at: new Date() } };
    const failure = await broken({ method: 'POST', path: '/api/v1/x', body });
    expect(failure).toMatchObject({ violations: [{ path: 'body.*.at' }] });
    expect(failure.message).not.toContain('4111');
  });

  it('with a body and GET', async () => {
    await expect(broken({ method: 'GET', path: '/api/v1/x', body: {} })).resolves.toMatchObject({
      violations: [{ path: 'body', rule: 'isAbsent' }],
    });
    expect(gateway.requests).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['a list', [['a', 'b']]],
    ['a text', 'a=b'],
    ['parameters', new URLSearchParams('a=b')],
    ['a list inside', { a: ['b'] }],
    ['an object inside', { a: { b: 'c' } }],
    ['null inside', { a: null }],
    ['NaN', { a: NaN }],
    ['a date', { a: new Date() }],
    ['a name with a sign', { 'a&b': 'c' }],
    ['an empty name', { '': 'c' }],
    ['a prototype', JSON.parse('{"__proto__":"x"}')],
  ])('with a query that is, or has in it, %s', async (_, query) => {
    const failure = await broken({ method: 'GET', path: '/api/v1/x', query });
    expect(failure).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
    expect(gateway.requests).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'GET /api/v1/x'],
    ['a member that there is not', { method: 'GET', path: '/api/v1/x', params: {} }],
    ['headers', { method: 'GET', path: '/api/v1/x', headers: { authorization: 'x' } }],
  ])('for %s', async (_, request) => {
    const failure = await broken(request as object);
    expect(failure).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
    expect(gateway.requests).toEqual([]);
  });

  it('of a value that is another one when it is read again', async () => {
    let reads = 0;
    const body = {
      get amount(): unknown {
        reads += 1;
        return reads === 1 ? 5 : { card: 'x' };
      },
    };
    await raw.send({ method: 'POST', path: '/api/v1/x', body });
    expect(gateway.requests).toMatchObject([{ json: { amount: 5 } }]);
  });
});
