import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentTracker, RfisService } from 'nestjs-glomopay';
import { FastClock } from '../support/library/fast-clock.js';
import { aPaymentOf, aTrackedShop, theCallback, type TrackedShop } from './tracked-shop.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('PaymentTracker', () => {
  let clock: FastClock;
  let shop: TrackedShop;
  let tracker: PaymentTracker;
  beforeEach(async () => {
    clock = new FastClock();
    shop = await aTrackedShop({ clock });
    tracker = shop.app.get(PaymentTracker);
  });
  afterEach(() => shop.close());

  async function started(amount = 1_000, expected = amount) {
    const orderId = await shop.anOrder(amount);
    const { payment, redirectUrl } = await tracker.pay(aPaymentOf(orderId), usd(expected));
    return { orderId, payment, redirectUrl, callback: theCallback(orderId, payment.paymentId) };
  }

  it('takes a payment from its intent to one committed outcome', async () => {
    const { payment, redirectUrl, callback } = await started();
    expect(payment).toMatchObject({ state: 'attempted', amount: 1_000, currency: 'USD' });
    expect(redirectUrl).toMatch(/^http:\/\/127\.0\.0\.1/);
    shop.sandbox.completePayment(callback.paymentId, 'approve');
    expect(await tracker.confirm(callback)).toMatchObject({
      state: 'succeeded',
      gatewayStatus: 'success',
    });
    expect(shop.rows()).toEqual([{ reference: payment.reference, outcome: 'succeeded' }]);
  });

  it('records a declined payment as failed, with the reason of the gateway', async () => {
    const { callback } = await started();
    shop.sandbox.completePayment(callback.paymentId, 'decline');
    expect(await tracker.confirm(callback)).toMatchObject({
      state: 'failed',
      errorCode: 'PAYMENT_DECLINED',
    });
    expect(shop.purchases.seen).toMatchObject([
      { outcome: 'failed', errorCode: 'PAYMENT_DECLINED' },
    ]);
  });

  it('records a success that compliance asks about once, and never that its money is usable', async () => {
    shop.sandbox.account.screening = { card: true, transfer: false };
    const { callback } = await started(6_623);
    shop.sandbox.completePayment(callback.paymentId, 'approve');
    expect(await tracker.confirm(callback)).toMatchObject({
      state: 'succeeded',
      complianceStatus: 'action_required',
      fundsAvailable: false,
    });
    const { id } = shop.sandbox.payments.get(callback.paymentId)?.rfi ?? { id: '' };
    const [wanted] = shop.sandbox.rfis.get(id)?.documents_required ?? [];
    const rfiDocId = wanted?.rfi_doc_id ?? '';
    await shop.app.get(RfisService).respond(id, [{ rfiDocId, documentId: 'doc_1' }]);
    shop.sandbox.reviewRfi(id, 'reject');
    expect(await tracker.confirm(callback)).toMatchObject({
      state: 'succeeded',
      fundsAvailable: false,
    });
    expect(shop.rows()).toHaveLength(1);
  });

  it('leaves a payment open while the gateway has no outcome, whatever the browser claims', async () => {
    const { callback } = await started();
    expect(await tracker.confirm(callback)).toMatchObject({ state: 'attempted' });
    expect(shop.rows()).toEqual([]);
  });

  it('runs the outcome once for any number of witnesses on two applications', async () => {
    const { callback } = await started();
    const other = (await shop.second()).get(PaymentTracker);
    shop.sandbox.completePayment(callback.paymentId, 'approve');
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const witness = index % 2 === 0 ? tracker : other;
        return index % 5 === 0 ? witness.sweep() : witness.confirm(callback);
      }),
    );
    expect(shop.rows()).toHaveLength(1);
  });

  it('sends one payment for a requestId that is used twice at once', async () => {
    const orderId = await shop.anOrder();
    const other = (await shop.second()).get(PaymentTracker);
    const starts = await Promise.all(
      [tracker, other, tracker].map((each) => each.pay(aPaymentOf(orderId), usd(1_000))),
    );
    expect(starts.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(starts.map(({ payment }) => payment.paymentId)).size).toBe(1);
    expect(shop.sandbox.requests.count('POST /api/v1/payments')).toBe(1);
  });

  it('refuses a requestId that belongs to another intent, and sends nothing', async () => {
    const { orderId } = await started();
    await expect(tracker.pay(aPaymentOf(orderId), usd(999))).rejects.toMatchObject({
      code: 'GLOMOPAY_REQUEST_ID_CONFLICT',
      differing: ['amount'],
    });
    expect(shop.sandbox.requests.count('POST /api/v1/payments')).toBe(1);
  });

  it('calls a success over another amount a mismatch that no handler sees', async () => {
    const { callback } = await started(1_000, 2_000);
    shop.sandbox.completePayment(callback.paymentId, 'approve');
    expect(await tracker.confirm(callback)).toMatchObject({
      state: 'mismatch',
      reason: 'amount_differs',
    });
    expect(shop.rows()).toEqual([]);
  });

  it('does not let a second success of one order count', async () => {
    const first = await started();
    const second = await tracker.pay(
      aPaymentOf(first.orderId, { requestId: 'second-tab' }),
      usd(1_000),
    );
    for (const id of [first.payment.paymentId, second.payment.paymentId]) {
      shop.sandbox.completePayment(String(id), 'approve');
    }
    await Promise.all([
      tracker.confirm(first.callback),
      tracker.confirm(theCallback(first.orderId, second.payment.paymentId)),
    ]);
    const states = [await tracker.get(first.payment.requestId), await tracker.get('second-tab')];
    expect(states.map((record) => record?.state).toSorted()).toEqual([
      'needs_attention',
      'succeeded',
    ]);
    expect(states.map((record) => record?.reason)).toContain('duplicate_charge');
    expect(shop.rows()).toHaveLength(1);
  });

  it('lists what a person has to look at, oldest first, and counts it', async () => {
    const wrong = [await started(1_000, 2_000), await started(1_000, 3_000)];
    await started();
    for (const { callback } of wrong) {
      shop.sandbox.completePayment(callback.paymentId, 'approve');
      await tracker.confirm(callback);
    }
    expect(await tracker.needingAttention(10)).toMatchObject([
      { orderId: wrong[0]?.orderId, state: 'mismatch', reason: 'amount_differs' },
      { orderId: wrong[1]?.orderId, state: 'mismatch', reason: 'amount_differs' },
    ]);
    expect(await tracker.needingAttention(1)).toHaveLength(1);
    expect(await tracker.counts()).toEqual({ needsAttention: 2, open: 1 });
  });

  it('leaves nothing of a handler that throws, and runs it again', async () => {
    const { callback } = await started();
    shop.sandbox.completePayment(callback.paymentId, 'approve');
    shop.purchases.failures = 1;
    expect(await tracker.confirm(callback)).toMatchObject({ state: 'attempted' });
    expect(shop.rows()).toEqual([]);
    await tracker.sweep();
    expect(shop.rows()).toHaveLength(1);
    expect(await tracker.get(`payment-of-${callback.orderId}`)).toMatchObject({
      state: 'succeeded',
    });
  });

  it('finds a payment again whose answer got lost', async () => {
    const orderId = await shop.anOrder();
    shop.sandbox.faults.next('POST /api/v1/payments', 'drop-after-commit');
    const { payment } = await tracker.pay(aPaymentOf(orderId), usd(1_000));
    expect(payment).toMatchObject({ state: 'attempted' });
    expect(shop.sandbox.payments.list()).toHaveLength(1);
  });

  it('lets the sweeper find a payment whose intent was all that remained', async () => {
    const orderId = await shop.anOrder();
    shop.sandbox.faults.next('POST /api/v1/payments', 'drop-after-commit');
    const abort = new AbortController();
    const paying = tracker.pay(aPaymentOf(orderId), usd(1_000), {
      signal: abort.signal,
      timeoutMs: 15_000,
    });
    while (shop.sandbox.payments.list().length === 0) await sleep(5);
    abort.abort();
    const { payment } = await paying.catch(async () => ({
      payment: await tracker.get(`payment-of-${orderId}`),
    }));
    expect(payment?.requestId).toBe(`payment-of-${orderId}`);
    const [made] = shop.sandbox.payments.list();
    shop.sandbox.completePayment(String(made?.id), 'approve');
    await tracker.sweep();
    expect(await tracker.get(`payment-of-${orderId}`)).toMatchObject({
      state: 'succeeded',
      paymentId: made?.id,
    });
    expect(shop.rows()).toHaveLength(1);
  });

  it('ends an intent that the gateway refused as failed, once', async () => {
    const orderId = await shop.anOrder();
    const refused = aPaymentOf(orderId, {
      card: { ...aPaymentOf(orderId).card, number: '4000000000000002' } as never,
    });
    await expect(tracker.pay(refused, usd(1_000))).rejects.toMatchObject({ status: 400 });
    expect(await tracker.get(`payment-of-${orderId}`)).toMatchObject({
      state: 'failed',
      reason: 'rejected',
    });
    expect(shop.rows()).toEqual([{ reference: `payment-of-${orderId}`, outcome: 'failed' }]);
    await tracker.sweep();
    expect(shop.rows()).toHaveLength(1);
  });

  it('keeps an intent open whose outcome is unknown, and does not send it again', async () => {
    const orderId = await shop.anOrder();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      shop.sandbox.faults.next('POST /api/v1/payments', 'server-error', { status: 503 });
    }
    await expect(tracker.pay(aPaymentOf(orderId), usd(1_000))).rejects.toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
    });
    expect(await tracker.get(`payment-of-${orderId}`)).toMatchObject({ state: 'created' });
    expect(await tracker.sweep()).toMatchObject({ checked: 1, settled: 0 });
    expect(shop.sandbox.requests.count('POST /api/v1/payments')).toBe(3);
  });

  it('asks the gateway once for all callers of one second, and tells each of them', async () => {
    const { callback, payment } = await started();
    shop.sandbox.completePayment(callback.paymentId, 'approve');
    const answers = await Promise.all([
      ...Array.from({ length: 50 }, () => tracker.confirm(callback)),
      tracker.check(payment.requestId),
    ]);
    expect(new Set(answers.map((answer) => answer?.state))).toEqual(new Set(['succeeded']));
    expect(shop.sandbox.requests.count('GET /api/v1/payments/:id')).toBe(1);
  });

  it('checks a payment by its requestId, and knows nothing of others', async () => {
    const { callback, payment } = await started();
    expect(await tracker.check(payment.requestId)).toMatchObject({ state: 'attempted' });
    shop.sandbox.completePayment(callback.paymentId, 'decline');
    await clock.sleep(1_100);
    expect(await tracker.check(payment.requestId)).toMatchObject({ state: 'failed' });
    expect(await tracker.check('never-used')).toBeUndefined();
  });

  it('answers about a payment that is not tracked with nothing', async () => {
    expect(await tracker.confirm(theCallback('order_unknown', 'payt_unknown'))).toBeUndefined();
  });
});
