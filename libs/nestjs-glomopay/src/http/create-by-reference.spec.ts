import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrderBody, aPageBody } from '../../../../test/support/library/bodies.js';
import { failureOf } from '../../../../test/support/library/failure-of.js';
import { Recorder, type Reply } from '../../../../test/support/library/recorder.js';
import { openClient, type OpenClient } from '../../test/open-client.js';
import { orderShape, type CreatedOrder } from '../api/orders/order.js';
import { decodePage } from '../wire/page.js';
import type { Operation } from './operation.js';

let gateway: Recorder;
let opened: OpenClient;

beforeAll(async () => {
  gateway = await Recorder.start();
});
beforeEach(() => {
  gateway.reset();
  gateway.always({ body: aPageBody([]) });
  opened = openClient(gateway.url);
});
afterEach(() => opened.stop());
afterAll(() => gateway.stop());

const reset: Reply = (_, response) => void response.socket?.resetAndDestroy();
const path = '/api/v1/payin';
const advice = 'List links since {since} before you make another one.';
const createLink: Operation = { method: 'POST', path, advice };

const customer_id = 'cust_E602dMzgjpDC';

/** A create of something that looks like an order, found by its customer and reference. */
function create(rest: Record<string, unknown> = { reference_number: 'R0001', amount: 1000 }) {
  const body = { customer_id, ...rest };
  return opened.client.createByReference<CreatedOrder, CreatedOrder>({
    call: { operation: createLink, body, decode: decoded },
    lookUp: (after, options) =>
      opened.client.call({
        operation: { method: 'GET', path },
        query: { customer_id, after, per_page: 100 },
        decode: (answer) => decodePage(answer, decoded),
        options,
      }),
    isAlike: (found) => found.amount === 1000 && found.currency === 'USD',
    replay: (found) => ({ ...found, replayed: true }),
  });
}
const decoded = (body: unknown): CreatedOrder => ({ ...orderShape.decode(body), replayed: false });
/** Made a second after the minute before the call. */
const made = { created_at: '2026-03-01T11:59:10Z' };
const listing = (...changes: Record<string, unknown>[]): Reply => ({
  body: aPageBody(changes.map((change) => anOrderBody({ ...made, ...change }))),
});

describe('a create that is found by its reference', () => {
  it('is answered as ever', async () => {
    gateway.next({ status: 201, body: anOrderBody() });
    await expect(create()).resolves.toMatchObject({ replayed: false });
    expect(gateway.calls()).toHaveLength(1);
  });

  it('is never sent twice, and the one of its reference is given back', async () => {
    gateway.next(reset, listing({ id: 'order_1', reference_number: 'R2' }, { id: 'order_2' }));
    await expect(create()).resolves.toMatchObject({ id: 'order_2', replayed: true });
    expect(gateway.count('POST')).toBe(1);
  });

  it('is looked for since a minute before it was sent', async () => {
    gateway.next(reset, listing({}));
    await create();
    expect(gateway.calls()[1]).toMatch(
      /^GET \/api\/v1\/payin\?customer_id=cust_E602dMzgjpDC&after=2026-03-01T11%3A59%3A0\dZ&per_page=100$/,
    );
  });

  it.each([undefined, null, 'yesterday', 7])(
    'may say nothing of when it was made: %j',
    async (at) => {
      gateway.next(reset, listing({ created_at: at }));
      await expect(create()).resolves.toMatchObject({ replayed: true });
    },
  );

  it('is told from older ones of the same reference, though the list has them all', async () => {
    gateway.next(reset, listing({ id: 'order_2' }, { id: 'order_1', created_at: '2025-01-01' }));
    await expect(create()).resolves.toMatchObject({ id: 'order_2' });
  });

  it('is waited for while it is not listed', async () => {
    gateway.next(reset, listing(), { status: 503 }, listing({}));
    await expect(create()).resolves.toMatchObject({ replayed: true });
  });

  it.each<[string, Reply]>([
    ['none is listed', listing()],
    ['two are listed', listing({ id: 'order_1' }, { id: 'order_2' })],
    ['the amount is another', listing({ amount: 999 })],
    ['the currency is another', listing({ currency: 'EUR' })],
    ['the customer is another', listing({ customer_id: 'cust_2' })],
    ['the reference is another', listing({ reference_number: 'r0001' })],
    ['it is older than the call', listing({ created_at: '2026-03-01T11:58:59.900Z' })],
    ['one cannot be read', listing({}, { id: 7 })],
    ['there is more than a page', { body: aPageBody([anOrderBody()], { next: 2 }) }],
    ['the list is refused', { status: 401, body: {} }],
  ])('is unknown when %s', async (_, reply) => {
    gateway.next(reset).always(reply);
    const thrown = await failureOf(create());
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      outcome: 'unknown',
      attempts: 1,
      advice: expect.stringMatching(/^List links since 2026-03-01T11:59:0\dZ before/),
    });
    expect(gateway.count('POST')).toBe(1);
    expect(thrown.message).not.toContain('R0001');
  });

  it.each([{}, { reference_number: null }])('without one is unknown at once: %j', async (rest) => {
    gateway.next(reset).always(listing({}));
    const thrown = await failureOf(create(rest));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    expect(gateway.calls()).toHaveLength(1);
  });

  it('that was refused is not looked for', async () => {
    gateway.next({ status: 400, body: { message: 'expires_at is in the past' } });
    const thrown = await failureOf(create());
    expect(thrown).toMatchObject({ outcome: 'rejected', status: 400 });
    expect(gateway.calls()).toHaveLength(1);
  });
});
