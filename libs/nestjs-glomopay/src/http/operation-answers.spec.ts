import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrderBody, aPageBody } from '../../../../test/support/library/bodies.js';
import { failureOf } from '../../../../test/support/library/failure-of.js';
import { Recorder, type Reply } from '../../../../test/support/library/recorder.js';
import { openClient, type OpenClient } from '../../test/open-client.js';
import { orderShape, type Order } from '../api/orders/order.js';
import { decodePage } from '../wire/page.js';
import type { Operation } from './operation.js';

let gateway: Recorder;
let opened: OpenClient;

beforeAll(async () => {
  gateway = await Recorder.start();
});
beforeEach(() => {
  gateway.reset();
  gateway.always({ status: 500, body: {} });
  opened = openClient(gateway.url);
});
afterEach(() => opened.stop());
afterAll(() => gateway.stop());

const reset: Reply = (_, response) => void response.socket?.resetAndDestroy();
const path = '/api/v1/refunds';
const refund: Operation = {
  method: 'POST',
  path,
  duplicate: [400, 'Refund already exists for this request_id'],
  busy: 'Refund is being processed',
  objectOn: 422,
};
const answer: Reply = { status: 201, body: anOrderBody() };
const busy: Reply = {
  status: 409,
  body: { error: 'Conflict', message: 'Refund is being processed' },
};
const { decode } = orderShape;

interface Asked {
  readonly requestId?: string;
}

function create(operation: Operation = refund, { requestId }: Asked = { requestId: 'shop-1' }) {
  return opened.client.createOnce<Order, Order>({
    call: { operation, body: {}, requestId, decode },
    lookUp: async (under, options) => {
      return opened.client.call({
        operation: { method: 'GET', path },
        query: { request_id: under },
        decode: (body) => decodePage(body, decode),
        options,
      });
    },
    differing: (found) => (found.amount === 1000 ? [] : ['amount']),
    replay: (found) => found,
  });
}

describe('a lock', () => {
  it('is waited for, because nothing has happened', async () => {
    gateway.next(busy, busy, answer);
    await expect(create()).resolves.toMatchObject({ amount: 1000 });
    expect(gateway.calls()).toEqual(Array<string>(3).fill(`POST ${path}`));
  });

  it('is waited for by a call that would be carried out twice', async () => {
    gateway.next(busy, answer);
    const call = {
      operation: { method: 'POST', path, busy: 'Refund is being processed' },
      decode,
    } as const;
    await expect(opened.client.call(call)).resolves.toMatchObject({ amount: 1000 });
  });

  it('that stays is a refusal which says that nothing was done, after one look', async () => {
    gateway.next(busy, busy, busy).always({ body: aPageBody([]) });
    const thrown = await failureOf(create());
    expect(thrown).toMatchObject({
      name: 'GlomopayConflictError',
      outcome: 'rejected',
      status: 409,
    });
    expect(thrown.message).toContain('nothing was done, call again later');
    expect(gateway.calls()[3]).toBe(`GET ${path}?request_id=shop-1`);
    expect(gateway.count('GET')).toBe(1);
  });

  it('that stays is overruled by what an earlier call has made', async () => {
    gateway.next(busy, busy, busy, { body: aPageBody([anOrderBody()]) });
    await expect(create()).resolves.toMatchObject({ amount: 1000 });
  });

  it('that stays is unknown when the look fails', async () => {
    gateway.next(busy, busy, busy);
    expect(await failureOf(create())).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
  });

  it('behind a lost attempt leaves the outcome unknown', async () => {
    gateway.next(reset, busy, busy).always({ body: aPageBody([]) });
    expect(await failureOf(create())).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
  });

  it.each([
    ['Refund is being processed.', 409],
    ['Refund is being processed', 400],
    ['The note "Refund is being processed" is too long', 409],
  ])('is not read out of "%s" with %i', async (message, status) => {
    gateway.next({ status, body: { message } }).always({ body: aPageBody([]) });
    expect(await failureOf(create())).toMatchObject({ outcome: 'rejected', status });
    expect(gateway.count('POST')).toBe(1);
  });
});

describe('a refusal whose body is the object', () => {
  it('is an answer', async () => {
    gateway.next({ status: 422, body: anOrderBody({ status: 'failed' }) });
    await expect(create()).resolves.toMatchObject({ status: 'failed' });
    expect(gateway.calls()).toHaveLength(1);
  });

  it('is one of a call without requestId too', async () => {
    gateway.next({ status: 422, body: anOrderBody({ status: 'failed' }) });
    await expect(create(refund, {})).resolves.toMatchObject({ status: 'failed' });
  });

  it.each([{}, { message: 'No' }, '<html>', '', anOrderBody({ id: 'payt_1' })])(
    'is a refusal where it cannot be read: %j',
    async (body) => {
      gateway.next({ status: 422, body }).always({ body: aPageBody([]) });
      const thrown = await failureOf(create());
      expect(thrown).toMatchObject({ name: 'GlomopayUnprocessableError', outcome: 'rejected' });
    },
  );

  it('has the one status that the operation names', async () => {
    gateway.next({ status: 400, body: anOrderBody() }).always({ body: aPageBody([]) });
    expect(await failureOf(create())).toMatchObject({ outcome: 'rejected', status: 400 });
  });
});

describe('a duplicate by its status alone', () => {
  const payout: Operation = { method: 'POST', path, duplicate: [409] };

  it.each(['Record already exists', 'A payout with this request_id already exists', undefined])(
    'is one whatever it says: %s',
    async (message) => {
      gateway.next({ status: 409, body: { message } }, { body: aPageBody([anOrderBody()]) });
      await expect(create(payout)).resolves.toMatchObject({ amount: 1000 });
    },
  );

  it('is none of a call without requestId', async () => {
    gateway.next({ status: 409, body: {} });
    expect(await failureOf(create(payout, {}))).toMatchObject({ outcome: 'rejected' });
    expect(gateway.calls()).toHaveLength(1);
  });
});

describe('an answer of 202', () => {
  it('is the object', async () => {
    gateway.next({ status: 202, body: anOrderBody({ status: 'in_progress' }) });
    await expect(create()).resolves.toMatchObject({ status: 'in_progress' });
  });
});

describe('a write of which a second one does no harm', () => {
  const quote: Operation = { method: 'POST', path: '/api/v1/quotes', repeat: 'nothing' };

  it('is sent again', async () => {
    gateway.next(reset, answer);
    await expect(opened.client.call({ operation: quote, decode })).resolves.toMatchObject({});
    expect(gateway.count('POST')).toBe(2);
  });

  it('is unknown, and may be made again, when no answer comes', async () => {
    const thrown = await failureOf(opened.client.call({ operation: quote, decode }));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      advice: expect.stringContaining('safe to call again'),
    });
  });
});

describe('a DELETE', () => {
  const close: Operation = { method: 'DELETE', path: '/api/v1/virtual-accounts' };
  const query = { payment_type: 'swift', currency: 'US D&' };

  it('has its query and no body', async () => {
    gateway.next({ body: { id: 'va_1' } });
    const call = { operation: close, query, decode: (body: unknown) => body };
    await expect(opened.client.call(call)).resolves.toEqual({ id: 'va_1' });
    expect(gateway.calls()).toEqual([
      'DELETE /api/v1/virtual-accounts?payment_type=swift&currency=US+D%26',
    ]);
    expect(gateway.requests[0]).toMatchObject({ text: '' });
    expect(gateway.requests[0]?.headers).not.toHaveProperty('content-type');
  });

  it('is never sent twice once it may have arrived', async () => {
    gateway.next(reset);
    const thrown = await failureOf(
      opened.client.call({ operation: close, query, decode: (body: unknown) => body }),
    );
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      call: 'DELETE /api/v1/virtual-accounts',
    });
    expect(gateway.calls()).toHaveLength(1);
  });
});
