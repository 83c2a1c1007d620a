import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aPageBody, aPaymentBody } from '../../../../test/support/library/bodies.js';
import { failureOf } from '../../../../test/support/library/failure-of.js';
import { Recorder, type Reply } from '../../../../test/support/library/recorder.js';
import { openClient, type OpenClient } from '../../test/open-client.js';
import { decodePayment, type Payment } from '../api/payments/payment.js';
import { checkedId } from '../wire/checked-id.js';
import { ListFilterDto, type ListFilterInput } from '../wire/list-filter.js';
import { Resource, type Change } from './resource.js';

let gateway: Recorder;
let opened: OpenClient;
let payments: Resource<Payment, ListFilterInput>;

beforeAll(async () => {
  gateway = await Recorder.start();
});
beforeEach(() => {
  gateway.reset();
  gateway.always({ status: 500, body: {} });
  opened = openClient(gateway.url);
  payments = new Resource(opened.client, {
    kind: 'payment',
    path: '/api/v1/payments',
    decode: decodePayment,
    filter: ListFilterDto,
  });
});
afterEach(() => opened.stop());
afterAll(() => gateway.stop());

const reset: Reply = (_, response) => void response.socket?.resetAndDestroy();
const id = 'payt_691eeb9aV79Uk';
const answer = (change = {}): Reply => ({ body: aPaymentBody(change) });
const refused = (status: number, message = 'Not possible now'): Reply => ({
  status,
  body: { error: 'Bad Request', message },
});
const pause: Change<Payment> = { action: 'pause', reached: (now) => now.status === 'paused' };

describe('a change', () => {
  it('is a PATCH with its action behind the id, and its answer is the object', async () => {
    gateway.next(answer({ status: 'paused' }));
    await expect(payments.change(id, pause)).resolves.toMatchObject({ id, status: 'paused' });
    expect(gateway.calls()).toEqual([`PATCH /api/v1/payments/${id}/pause`]);
  });

  it('goes elsewhere, by another method, with further ids and a body', async () => {
    gateway.next(answer());
    await payments.change(id, {
      method: 'POST',
      path: '/api/v1/payment/{paymentId}/connect-payin/{payinId}',
      ids: { payinId: checkedId('order', 'order_1') },
      body: { remark: 'by hand' },
      reached: () => true,
    });
    expect(gateway.calls()).toEqual([`POST /api/v1/payment/${id}/connect-payin/order_1`]);
    expect(gateway.requests[0]?.json).toEqual({ remark: 'by hand' });
  });

  it.each(['payt_1/../x', 'order_1', '', 'payt_', 'payt_1?x'])(
    'of the id "%s" is refused before anything is sent',
    async (odd) => {
      const thrown = await failureOf(payments.change(odd, pause));
      expect(thrown).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
      expect(gateway.calls()).toEqual([]);
    },
  );

  it('whose answer got lost is made again', async () => {
    gateway.next(reset, { status: 503 }, answer({ status: 'paused' }));
    await expect(payments.change(id, pause)).resolves.toMatchObject({ status: 'paused' });
    expect(gateway.count('PATCH')).toBe(3);
    expect(gateway.count('GET')).toBe(0);
  });

  it('that was lost every time is read, and given back when it has happened', async () => {
    gateway.next(reset, reset, reset, answer({ status: 'paused' }));
    await expect(payments.change(id, pause)).resolves.toMatchObject({ status: 'paused' });
    expect(gateway.calls().slice(2)).toEqual([
      `PATCH /api/v1/payments/${id}/pause`,
      `GET /api/v1/payments/${id}`,
    ]);
  });

  it('that was lost and has not happened is unknown', async () => {
    gateway.next(reset, reset, reset, answer({ status: 'active' }));
    const thrown = await failureOf(payments.change(id, pause));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      call: 'PATCH /api/v1/payments/{id}/pause',
      attempts: 3,
      advice: expect.stringContaining('Fetch the object'),
    });
    expect(gateway.count('GET')).toBe(1);
  });

  it.each([refused(404), reset, answer({ id: 'payt_other', status: 'paused' })])(
    'that was lost is unknown when the read fails (%#)',
    async (read) => {
      gateway.next(reset, reset, reset).always(read);
      const thrown = await failureOf(payments.change(id, pause));
      expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', outcome: 'unknown' });
    },
  );

  it.each([400, 409, 422])(
    'that was lost and then refused (%i) is decided by the read',
    async (status) => {
      gateway.next(reset, refused(status), answer({ status: 'paused' }));
      await expect(payments.change(id, pause)).resolves.toMatchObject({ status: 'paused' });
      expect(gateway.count('PATCH')).toBe(2);
    },
  );

  it('that was lost, then refused, and has not happened is unknown', async () => {
    gateway.next(reset, refused(400), answer({ status: 'active' }));
    const thrown = await failureOf(payments.change(id, pause));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', outcome: 'unknown' });
  });

  it.each([400, 401, 403, 404, 409, 422])(
    'that was refused at once (%i) is refused',
    async (status) => {
      gateway.next(refused(status));
      const thrown = await failureOf(payments.change(id, pause));
      expect(thrown).toMatchObject({ outcome: 'rejected', status });
      expect(gateway.calls()).toHaveLength(1);
    },
  );

  it('that the caller gave up is not read', async () => {
    const caller = new AbortController();
    gateway.next(() => caller.abort());
    const thrown = await failureOf(payments.change(id, pause, { signal: caller.signal }));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    expect(gateway.calls()).toHaveLength(1);
  });

  it('says what its own advice is, and since when to look', async () => {
    gateway.always(reset);
    const thrown = await failureOf(
      payments.change(id, { ...pause, advice: 'List charges since {since}.' }),
    );
    expect(thrown).toMatchObject({
      advice: expect.stringMatching(/^List charges since 2026-03-01T11:59:0\dZ\.$/),
    });
  });
});

describe('a change of which the answer is not documented', () => {
  const fetched: Change<Payment> = { ...pause, fetched: true };

  it.each<[string, Reply]>([
    ['no body', (_, response) => void response.writeHead(204).end()],
    ['an empty one', { body: '' }],
    ['a page', { body: aPageBody([]) }],
  ])('fetches the object after %s', async (_, reply) => {
    gateway.next(reply, answer({ status: 'in_progress' }));
    await expect(payments.change(id, fetched)).resolves.toMatchObject({ status: 'in_progress' });
    expect(gateway.calls()).toHaveLength(2);
  });

  it('is unknown, and not to be made again, when the object cannot be fetched', async () => {
    gateway.next({ body: {} }).always(refused(404));
    const thrown = await failureOf(payments.change(id, fetched));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      reason: 'the gateway accepted it, and the object could not be fetched afterwards',
      cause: { code: 'GLOMOPAY_API', status: 404 },
    });
  });
});
