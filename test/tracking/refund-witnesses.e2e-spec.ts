import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RefundsService, RefundTracker, TrackingStore } from 'nestjs-glomopay';
import { aRefundOf, aRefundShop, idOf, type RefundShop } from './refund-shop.js';
import { refundStores, type RefundStore } from './refund-stores.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const CREATE = 'POST /api/v1/refunds';
const LIST = 'GET /api/v1/refunds';
const part = { currency: 'USD', reference: 'complaint-7' };

describe.each(refundStores)('A refund that RefundTracker is told of, on %s', (_, open) => {
  let place: RefundStore;
  let shop: RefundShop;
  let tracker: RefundTracker;
  let paymentId: string;
  beforeEach(async () => {
    place = await open();
    shop = await aRefundShop(place);
    tracker = shop.tracker;
    paymentId = await shop.aPayment();
  });
  afterEach(() => shop.close());

  const made = () => shop.sandbox.refunds.list();
  const start = async (over: Parameters<typeof aRefundOf>[1] = {}) =>
    (await tracker.refund(aRefundOf(paymentId, over), { reference: 'complaint-7' })).refund;
  const ended = async (decision: 'approve' | 'decline', over?: Parameters<typeof start>[0]) => {
    const refund = await start(over);
    shop.sandbox.completeRefund(idOf(refund), decision);
    return refund;
  };

  it('finds a refund whose answer and every look after it got lost', async () => {
    shop.sandbox.faults.next(CREATE, 'drop-after-commit');
    for (let times = 0; times < 20; times += 1) {
      shop.sandbox.faults.next(CREATE, 'server-error');
      shop.sandbox.faults.next(LIST, 'server-error');
    }
    const lost = tracker.refund(aRefundOf(paymentId, { amount: 400 }), part);
    await expect(lost).rejects.toMatchObject({ outcome: 'unknown' });
    shop.sandbox.faults.clear();
    expect(await tracker.get(`refund-of-${paymentId}`)).toMatchObject({
      state: 'created',
      refundId: null,
    });
    await shop.sweep(paymentId);
    const found = await tracker.get(`refund-of-${paymentId}`);
    expect(found).toMatchObject({ state: 'attempted', refundId: made()[0]?.id });
    shop.sandbox.completeRefund(String(found?.refundId), 'approve');
    await shop.sweep(paymentId);
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
    expect(made()).toHaveLength(1);
  });

  it('succeeds ten days later, by the sweeper alone', async () => {
    const refund = await start();
    await shop.sandbox.clock.advance(10 * DAY_MS);
    await place.age(refund.requestId, 10 * DAY_MS);
    for (let round = 0; round < 5; round += 1) await shop.sweep(paymentId);
    expect(await tracker.get(refund.requestId)).toMatchObject({ state: 'attempted', checks: 5 });
    shop.sandbox.completeRefund(idOf(refund), 'approve');
    await shop.sweep(paymentId);
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
  });

  it('is for a person after 21 days, and a later witness still brings the outcome', async () => {
    const refund = await start();
    await place.age(refund.requestId, 21 * DAY_MS);
    await shop.sweep(paymentId);
    expect(await tracker.needingAttention(5)).toMatchObject([
      { requestId: refund.requestId, reason: 'no_outcome', state: 'needs_attention' },
    ]);
    shop.sandbox.completeRefund(idOf(refund), 'approve');
    await shop.hear('success', idOf(refund));
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  describe('after a process has died between the intent and the create', () => {
    const requestId = 'refund-of-the-dead';
    beforeEach(async () => {
      const store = shop.app.get(TrackingStore, { strict: false });
      const key = { account: 'default', kind: 'refund' as const, requestId };
      const subject = { reference: 'complaint-7', subjectId: paymentId, exclusive: false };
      await store.insert({ ...key, ...subject, amount: 1_000, currency: 'USD' }, 0);
    });

    it('asks for it when its caller comes again', async () => {
      const again = await tracker.refund(aRefundOf(paymentId, { requestId }), part);
      expect(again).toMatchObject({ refund: { state: 'attempted' }, replayed: true });
      expect(made()).toHaveLength(1);
    });

    it('sends nothing any more once that would come too late, and says that it never arrived', async () => {
      await place.age(requestId, 6 * MINUTE_MS);
      const again = await tracker.refund(aRefundOf(paymentId, { requestId }), part);
      expect(again).toMatchObject({ refund: { state: 'created' }, replayed: true });
      for (let round = 0; round < 3; round += 1) await shop.sweep(paymentId);
      expect(await tracker.get(requestId)).toMatchObject({ state: 'created' });
      await place.age(requestId, 10 * MINUTE_MS);
      await shop.sweep(paymentId);
      expect(shop.books.seen).toMatchObject([{ outcome: 'failed', reason: 'never_arrived' }]);
      expect(made()).toEqual([]);
    });

    it('leaves it to a person when the gateway has a refund that may be it', async () => {
      const other = await shop.atDashboard(paymentId);
      await place.age(requestId, 16 * MINUTE_MS);
      for (let round = 0; round < 3; round += 1) await shop.sweep(paymentId);
      expect(await tracker.get(requestId)).toMatchObject({
        state: 'needs_attention',
        reason: 'unexpected_success',
      });
      expect(await tracker.of(paymentId)).toHaveLength(1);
      expect(made()).toMatchObject([{ id: other }]);
      expect(shop.books.seen).toEqual([]);
    });
  });

  it('has one outcome, however often it is told', async () => {
    const refund = await ended('approve');
    await Promise.all([
      shop.hear('success', idOf(refund)),
      shop.hear('success', idOf(refund)),
      shop.hear('success', idOf(refund), { updated_at: '2030-01-01T00:00:00Z' }),
    ]);
    await shop.hear('failed', idOf(refund), { status: 'failed' });
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
    expect(await tracker.get(refund.requestId)).toMatchObject({
      state: 'succeeded',
      reason: null,
    });
  });

  it('takes what an event says for a hint', async () => {
    const refund = await start();
    await shop.hear('success', idOf(refund), { status: 'success', amount: 1 });
    expect(await tracker.get(refund.requestId)).toMatchObject({ state: 'attempted' });
    expect(await place.lines()).toEqual([]);
  });

  it('finds its record before the answer to its create is written down', async () => {
    shop.sandbox.faults.next(CREATE, 'drop-after-commit');
    for (let times = 0; times < 20; times += 1) {
      shop.sandbox.faults.next(CREATE, 'server-error');
      shop.sandbox.faults.next(LIST, 'server-error');
    }
    const lost = tracker.refund(aRefundOf(paymentId, { amount: 400 }), part);
    await expect(lost).rejects.toMatchObject({ outcome: 'unknown' });
    shop.sandbox.faults.clear();
    const id = String(made()[0]?.id);
    shop.sandbox.completeRefund(id, 'approve');
    await shop.hear('success', id);
    expect(await tracker.of(paymentId)).toMatchObject([{ state: 'succeeded', refundId: id }]);
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
  });

  it('is not changed by the bank’s reference, which only is a fact', async () => {
    const refund = await ended('approve');
    await shop.hear('success', idOf(refund));
    const before = await tracker.get(refund.requestId);
    await shop.sandbox.clock.advance(5_000);
    const looks = shop.sandbox.requests.count('GET /api/v1/refunds/{id}');
    await shop.hear('utr.updated', idOf(refund));
    expect(await tracker.get(refund.requestId)).toEqual(before);
    expect(shop.sandbox.requests.count('GET /api/v1/refunds/{id}')).toBe(looks);
  });

  it('hears of a success by the bank’s reference, when the event of the success got lost', async () => {
    const refund = await ended('approve');
    await shop.sandbox.clock.advance(5_000);
    await shop.hear('utr.updated', idOf(refund));
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
  });

  it('gives a person a refund that is asked for when another record has it already', async () => {
    const asked = aRefundOf(paymentId, { requestId: 'lost-with-the-database' });
    const { id } = await shop.app.get(RefundsService).create(asked);
    shop.sandbox.completeRefund(id, 'approve');
    await shop.hear('success', id);
    const whole = { amount: 1_000, currency: 'USD' };
    const { refund } = await shop.tracker.refund(asked, whole);
    expect(refund).toMatchObject({
      state: 'needs_attention',
      reason: 'ambiguous',
      refundId: null,
      requestId: 'lost-with-the-database',
    });
    expect(shop.books.seen).toEqual([]);
    expect((await shop.tracker.of(paymentId)).map(({ refundId }) => refundId)).toContain(id);
    await shop.sweep(paymentId);
    expect(await shop.tracker.counts()).toEqual({ needsAttention: 2, open: 0 });
  });

  it('gives a refund that nobody asked for a record of its own, for a person', async () => {
    const stray = await shop.atDashboard(paymentId, 300);
    await shop.hear('success', stray);
    expect(await tracker.of(paymentId)).toEqual([]);
    shop.sandbox.completeRefund(stray, 'approve');
    await shop.hear('success', stray);
    await shop.hear('success', stray, { updated_at: '2030-01-01T00:00:00Z' });
    expect(await tracker.needingAttention(5)).toMatchObject([
      {
        requestId: `stray:${stray}`,
        refundId: stray,
        reason: 'unexpected_success',
        amount: made()[0]?.amount,
        currency: 'AED',
        reference: expect.stringMatching(/^purchase-order_/),
      },
    ]);
    expect(await place.lines()).toEqual([]);
    expect(shop.log.text).toContain(`refund ${stray} (request stray:${stray}) needs a person`);
  });

  it('tells its own refunds from one made beside them', async () => {
    const own = await ended('approve', { amount: 400 });
    const stray = await shop.atDashboard(paymentId, 300);
    shop.sandbox.completeRefund(stray, 'approve');
    await shop.hear('success', stray);
    await shop.hear('success', idOf(own));
    expect(await tracker.of(paymentId)).toMatchObject([
      { requestId: own.requestId, state: 'succeeded' },
      { requestId: `stray:${stray}`, state: 'needs_attention' },
    ]);
  });

  it('says when an event tells of a refund that the gateway does not have', async () => {
    await shop.hear('success', 'refund_1', { id: 'refund_1', payment_id: paymentId });
    expect(await tracker.of(paymentId)).toEqual([]);
    expect(shop.log.text).toContain('tells of refund refund_1, which the gateway does not have');
  });

  it('leaves refunds of payments that are none of ours alone', async () => {
    await shop.hear('success', 'refund_1', { id: 'refund_1', payment_id: 'payt_other' });
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
    expect(shop.sandbox.requests.count('GET /api/v1/refunds/{id}')).toBe(0);
  });
});
