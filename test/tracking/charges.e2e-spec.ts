import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentsService, PaymentTracker, TrackingStore } from 'nestjs-glomopay';
import { aCollectingShop, shelves, type CollectingShop } from './collecting-shop.js';

const POST = 'POST /api/v1/payments';

describe.each(Object.entries(shelves))('A charge of a subscription (%s)', (_, shelf) => {
  let shop: CollectingShop;
  let tracker: PaymentTracker;
  let subscriptionId: string;
  beforeEach(async () => {
    shop = await aCollectingShop(await shelf());
    tracker = shop.app.get(PaymentTracker);
    subscriptionId = await shop.anAsPresentedPlan();
    await tracker.expect({ subscriptionId, amount: 1_000, currency: 'USD', reference: 'sign-up' });
    const { callback } = await shop.pays({ subscriptionId });
    await tracker.confirm(callback);
  });
  afterEach(() => shop.close());

  const aCharge = (over: { amount?: number; requestId?: string } = {}) => ({
    subscriptionId,
    amount: 2_500,
    currency: 'USD',
    requestId: 'charge-1',
    ...over,
  });
  const sweeps = async (requestId = 'charge-1') => {
    await shop.due('payment', requestId);
    await tracker.sweep();
  };
  const told = () => heard().map(({ reference, outcome }) => `${reference} ${outcome}`);
  /** What was heard after the first payment. */
  const heard = () => shop.heard().slice(1);
  /** What was charged after the first payment. */
  const charges = async () => (await shop.paymentsOf(subscriptionId)).slice(1);

  it('is written before it is sent, and heard of once', async () => {
    const { payment, replayed, redirectUrl } = await tracker.charge(aCharge(), {
      reference: 'invoice-7',
    });
    expect({ replayed, redirectUrl }).toEqual({ replayed: false, redirectUrl: undefined });
    expect(payment).toMatchObject({
      kind: 'payment',
      requestId: 'charge-1',
      reference: 'invoice-7',
      subscriptionId,
      orderId: null,
      amount: 2_500,
      currency: 'USD',
      state: 'attempted',
    });
    await sweeps();
    await shop.allArrives();
    await tracker.check('charge-1');
    expect(heard()).toMatchObject([
      { kind: 'payment', outcome: 'succeeded', reference: 'invoice-7', subscriptionId },
    ]);
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it('is one for one requestId, from two processes at once and afterwards', async () => {
    const other = (await shop.second()).get(PaymentTracker);
    const starts = await Promise.all([
      tracker.charge(aCharge()),
      other.charge(aCharge()),
      tracker.charge(aCharge()),
    ]);
    starts.push(await other.charge(aCharge()));
    expect(starts.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(starts.map(({ payment }) => payment.paymentId)).size).toBe(1);
    expect(await charges()).toHaveLength(1);
    await shop.allArrives();
    expect(told()).toEqual(['charge-1 succeeded']);
  });

  it('may be made again and again, each under its own requestId', async () => {
    for (const requestId of ['charge-1', 'charge-2', 'charge-3']) {
      await tracker.charge(aCharge({ requestId }));
    }
    await shop.allArrives();
    expect(told().toSorted()).toEqual([
      'charge-1 succeeded',
      'charge-2 succeeded',
      'charge-3 succeeded',
    ]);
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it('is another one under the same requestId, and refused, when it differs', async () => {
    await tracker.charge(aCharge());
    await expect(tracker.charge(aCharge({ amount: 100 }))).rejects.toMatchObject({
      code: 'GLOMOPAY_REQUEST_ID_CONFLICT',
      differing: ['amount'],
    });
    await expect(tracker.charge(aCharge(), { reference: 'other' })).rejects.toMatchObject({
      differing: ['reference'],
    });
    expect(await charges()).toHaveLength(1);
  });

  it('stays open when its answer got lost, and is found by the sweeper', async () => {
    shop.sandbox.faults.next(POST, 'drop-after-commit');
    for (let times = 0; times < 12; times += 1) {
      shop.sandbox.faults.next('GET /api/v1/payments', 'server-error');
    }
    await expect(tracker.charge(aCharge())).rejects.toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
    });
    shop.sandbox.faults.clear();
    expect(await tracker.get('charge-1')).toMatchObject({ state: 'created', paymentId: null });
    await sweeps();
    const [charged] = await charges();
    expect(await tracker.get('charge-1')).toMatchObject({
      state: 'succeeded',
      paymentId: charged?.id,
    });
    await expect(tracker.charge(aCharge())).resolves.toMatchObject({ replayed: true });
    expect(await charges()).toHaveLength(1);
    expect(told()).toEqual(['charge-1 succeeded']);
  });

  it('has failed when the gateway refuses it: more than the subscription allows', async () => {
    await expect(tracker.charge(aCharge({ amount: 5_001 }))).rejects.toMatchObject({
      code: 'GLOMOPAY_API',
    });
    expect(await tracker.get('charge-1')).toMatchObject({
      state: 'failed',
      reason: 'rejected',
      paymentId: null,
    });
    expect(told()).toEqual(['charge-1 failed']);
    expect(await charges()).toEqual([]);
  });

  it('has failed when the bank declines it', async () => {
    shop.sandbox.declineNextCharge(subscriptionId);
    await tracker.charge(aCharge());
    await shop.allArrives();
    expect(await tracker.get('charge-1')).toMatchObject({
      state: 'failed',
      reason: null,
      gatewayStatus: 'failed',
    });
    expect(told()).toEqual(['charge-1 failed']);
  });

  it('is nobody else’s expectation', async () => {
    await tracker.expect({ ...aCharge({ requestId: 'by-others' }), reference: 'by-others' });
    shop.sandbox.faults.next(POST, 'drop-after-commit');
    for (let times = 0; times < 12; times += 1) {
      shop.sandbox.faults.next('GET /api/v1/payments', 'server-error');
    }
    await expect(tracker.charge(aCharge())).rejects.toMatchObject({ outcome: 'unknown' });
    shop.sandbox.faults.clear();
    await tracker.check({ kind: 'collection', requestId: 'by-others' });
    const [charged] = await charges();
    const store = shop.app.get(TrackingStore, { strict: false });
    const owner = await store.findByObject('default', charged?.id ?? '');
    expect(owner?.requestId).not.toBe('by-others');
    await sweeps();
    expect(await tracker.get('charge-1')).toMatchObject({ paymentId: charged?.id });
  });

  it('breaks no rule unnoticed: nothing is written or sent', async () => {
    for (const wrong of [
      aCharge({ amount: 0 }),
      aCharge({ requestId: '' }),
      aCharge({ requestId: 'stray:payt_1' }),
    ]) {
      await expect(tracker.charge(wrong)).rejects.toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
    }
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
    expect((await shop.app.get(PaymentsService).list({ subscriptionId })).count).toBe(1);
  });
});
