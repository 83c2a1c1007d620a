import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DocumentsService, PaymentTracker, RefundsService, RefundTracker } from 'nestjs-glomopay';
import { aRefundOf, aRefundShop, idOf, RefundBooks, type RefundShop } from './refund-shop.js';
import { refundStores, type RefundStore } from './refund-stores.js';

const CREATE = 'POST /api/v1/refunds';
const part = { currency: 'USD', reference: 'complaint-7' };

describe.each(refundStores)('RefundTracker on %s', (_place, open) => {
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

  it('has one outcome for one refund, written in the transaction that records it', async () => {
    const { refund, replayed } = await tracker.refund(aRefundOf(paymentId), part);
    expect({ refund, replayed }).toMatchObject({
      refund: { state: 'attempted', amount: 1_000, currency: 'USD', paymentId, kind: 'refund' },
      replayed: false,
    });
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 1 });
    shop.sandbox.completeRefund(idOf(refund), 'approve');
    expect(await tracker.check(refund.requestId)).toMatchObject({ state: 'succeeded' });
    await shop.hear('success', idOf(refund));
    await shop.sweep(paymentId);
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
    expect(shop.books.seen).toEqual([
      {
        outcome: 'succeeded',
        account: 'default',
        reference: 'complaint-7',
        requestId: refund.requestId,
        refundId: refund.refundId,
        paymentId,
        amount: 1_000,
        currency: 'USD',
        gatewayStatus: 'success',
        reason: null,
        errorCode: null,
        errorDescription: null,
        byHand: false,
      },
    ]);
    expect(await tracker.of(paymentId)).toMatchObject([{ refundId: refund.refundId }]);
    expect(shop.log.text).toContain('refund outcomes go to refund-books');
  });

  it.each([{ amount: 400 }, {}])(
    'is one refund for two callers in two processes at once: %j',
    async (over) => {
      const other = (await shop.second()).get(RefundTracker);
      const asked = aRefundOf(paymentId, over);
      const starts = await Promise.all(
        [tracker, other, tracker, other].map((each) => each.refund(asked, part)),
      );
      expect(new Set(starts.map(({ refund }) => refund.refundId))).toEqual(
        new Set([made()[0]?.id]),
      );
      expect(starts.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(made()).toHaveLength(1);
    },
  );

  it.each([
    ['another amount', { amount: 500 }, part, 'amount'],
    ['another reference', { amount: 400 }, { ...part, reference: 'other' }, 'reference'],
    ['another currency', { amount: 400 }, { ...part, currency: 'EUR' }, 'currency'],
  ])('refuses its requestId for %s, and sends nothing', async (_, over, expectation, member) => {
    await start({ amount: 400 });
    const again = tracker.refund(aRefundOf(paymentId, over), expectation);
    await expect(again).rejects.toMatchObject({ differing: [member] });
    expect(shop.sandbox.requests.count(CREATE)).toBe(1);
  });

  it('refuses its requestId for another payment', async () => {
    const { requestId } = await start();
    const other = await shop.aPayment();
    const again = tracker.refund(aRefundOf(other, { requestId }), part);
    await expect(again).rejects.toMatchObject({ differing: ['paymentId'] });
    expect(made()).toHaveLength(1);
  });

  it.each([
    ['more than there is', { amount: 1_001 }, {}, 'must be left of the payment'],
    ['nothing', { amount: 0 }, {}, 'amount'],
    ['another currency', {}, { currency: 'EUR' }, 'must be USD'],
    ['two amounts', { amount: 400 }, { amount: 500 }, 'must be the amount of the request'],
    ['a stray name', { requestId: 'stray:refund_1' }, {}, 'must not begin with stray:'],
  ])('writes and sends nothing for %s', async (_, over, expectation, words) => {
    const refused = tracker.refund(aRefundOf(paymentId, over), expectation);
    await expect(refused).rejects.toThrow(words);
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
    expect(shop.sandbox.requests.count(CREATE)).toBe(0);
  });

  it('gives back all that is left, of which it has to be told where it was charged in another currency', async () => {
    await ended('approve', { amount: 400, requestId: 'first' });
    await expect(start()).rejects.toThrow('what is left of the payment cannot be told');
    const rest = { ...part, amount: 600 };
    const { refund } = await tracker.refund(aRefundOf(paymentId), rest);
    expect(made()[0]).toMatchObject({ currency: 'AED', balance_used: { amount: 600 } });
    shop.sandbox.completeRefund(idOf(refund), 'approve');
    await shop.sweep(paymentId);
    expect(await place.lines()).toEqual(['complaint-7 succeeded', 'complaint-7 succeeded']);
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it('has failed with the words of the gateway when it refuses', async () => {
    shop.sandbox.account.partialRefunds = false;
    await expect(start({ amount: 400 })).rejects.toMatchObject({ status: 400 });
    expect(shop.books.seen).toMatchObject([
      {
        outcome: 'failed',
        reason: 'rejected',
        refundId: null,
        errorDescription: 'Partial refunds are not enabled for this business',
      },
    ]);
    shop.sandbox.account.partialRefunds = true;
    const again = await tracker.refund(aRefundOf(paymentId, { amount: 400 }), part);
    expect(again).toMatchObject({ refund: { state: 'failed' }, replayed: true });
    expect(made()).toEqual([]);
  });

  it('has its outcome at once when the gateway fails it at once', async () => {
    shop.sandbox.faults.next(CREATE, 'refund-fails-at-create');
    expect(await start()).toMatchObject({ state: 'failed', gatewayStatus: 'failed' });
    expect(await place.lines()).toEqual(['complaint-7 failed']);
  });

  it('hears of one that fails, and of one that is cancelled', async () => {
    await ended('decline', { amount: 400, requestId: 'declined' });
    shop.sandbox.account.refundReview = true;
    const reviewed = await start({ amount: 600 });
    await answer(idOf(reviewed));
    shop.sandbox.reviewRfi(String(shop.sandbox.rfis.list()[0]?.id), 'reject');
    await shop.sweep(paymentId);
    expect(await tracker.get(reviewed.requestId)).toMatchObject({ gatewayStatus: 'cancelled' });
    expect(shop.books.seen).toMatchObject([
      { outcome: 'failed', gatewayStatus: 'failed', requestId: 'declined', reason: null },
      { outcome: 'failed', gatewayStatus: 'cancelled', requestId: reviewed.requestId },
    ]);
  });

  /** Hands in what compliance wants to know of a refund. */
  async function answer(refundId: string): Promise<void> {
    const file = new Blob(['%PDF-1.4']);
    const passport = { file, fileName: 'passport.pdf', documentName: 'Passport' };
    const { id } = await shop.app.get(DocumentsService).upload(passport);
    const refunds = shop.app.get(RefundsService);
    const { documents } = await refunds.get(refundId);
    const rfiDocId = String(documents?.[0]?.rfiDocId);
    await refunds.submitRfi(refundId, [{ rfiDocId, documentId: id }]);
  }

  it('is written down again after a handler has failed', async () => {
    const refund = await ended('approve');
    shop.books.failures = 2;
    expect(await tracker.check(refund.requestId)).toMatchObject({ state: 'attempted' });
    await shop.sweep(paymentId);
    expect(await place.lines()).toEqual([]);
    await shop.sweep(paymentId);
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
    expect(shop.books.seen).toHaveLength(1);
  });

  it('is left to the process with the handler by one that has none', async () => {
    const idle = (await shop.second({ isIdle: true })).get(RefundTracker);
    const { refund } = await idle.refund(aRefundOf(paymentId), part);
    shop.sandbox.completeRefund(idOf(refund), 'approve');
    const [checked] = await Promise.all([idle.check(refund.requestId), shop.sweep(paymentId)]);
    expect(checked?.state).not.toBe('failed');
    await shop.sweep(paymentId);
    expect(await idle.get(refund.requestId)).toMatchObject({ state: 'succeeded' });
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
    expect(shop.books.seen).toHaveLength(1);
  });

  it('counts apart from payments', async () => {
    await start();
    expect(await shop.app.get(PaymentTracker).counts()).toEqual({ needsAttention: 0, open: 0 });
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 1 });
    expect(shop.app.get(RefundBooks).seen).toEqual([]);
  });
});
