import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentsService, PaymentTracker } from 'nestjs-glomopay';
import { FastClock } from '../support/library/fast-clock.js';
import { aPaymentOf, aTrackedShop, theCallback, type TrackedShop } from './tracked-shop.js';

const usd = { amount: 1_000, currency: 'USD' };

describe('A charge that comes after its record has ended', () => {
  let clock: FastClock;
  let shop: TrackedShop;
  let tracker: PaymentTracker;
  beforeEach(async () => {
    clock = new FastClock();
    shop = await aTrackedShop({ clock });
    tracker = shop.app.get(PaymentTracker);
  });
  afterEach(() => shop.close());

  const requestOf = (orderId: string) => `payment-of-${orderId}`;
  /** The request never reaches the gateway, and the sweeper has given up on it. */
  async function neverArrived(orderId: string) {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      shop.sandbox.faults.next('POST /api/v1/payments', 'reset-before-processing');
    }
    await expect(tracker.pay(aPaymentOf(orderId), usd)).rejects.toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
    });
    await sweptToTheEnd(orderId);
    expect(await tracker.get(requestOf(orderId))).toMatchObject({
      state: 'failed',
      reason: 'never_arrived',
    });
  }
  async function sweptToTheEnd(orderId: string) {
    shop.age(requestOf(orderId), 16);
    for (let round = 0; round < 3; round += 1) {
      await tracker.sweep();
      shop.due();
    }
  }
  /** The gateway takes the request at last. */
  async function chargedLate(orderId: string, requestId: string | undefined = requestOf(orderId)) {
    const { paymentId } = await shop.app
      .get(PaymentsService)
      .create(aPaymentOf(orderId, { requestId }));
    shop.sandbox.completePayment(paymentId, 'approve');
    return paymentId;
  }

  it('is reported by the callback, counted and listed, and the outcome stays what was told', async () => {
    const orderId = await shop.anOrder();
    await neverArrived(orderId);
    const paymentId = await chargedLate(orderId);
    expect(await tracker.confirm(theCallback(orderId, paymentId))).toMatchObject({
      requestId: requestOf(orderId),
      state: 'failed',
      reason: 'charged_late',
      paymentId,
      gatewayStatus: 'success',
    });
    expect(await tracker.counts()).toEqual({ needsAttention: 1, open: 0 });
    expect(await tracker.needingAttention(10)).toMatchObject([{ reason: 'charged_late' }]);
    expect(shop.log.text).toContain(`payment ${paymentId} (request ${requestOf(orderId)})`);
    expect(shop.rows()).toEqual([{ reference: requestOf(orderId), outcome: 'failed' }]);
  });

  it('is reported by a look at the payment', async () => {
    const orderId = await shop.anOrder();
    await neverArrived(orderId);
    await chargedLate(orderId);
    expect(await tracker.check(requestOf(orderId))).toMatchObject({ reason: 'charged_late' });
    expect(await tracker.counts()).toEqual({ needsAttention: 1, open: 0 });
  });

  it('is reported when it is only under way, and no longer when it failed after all', async () => {
    const orderId = await shop.anOrder();
    await neverArrived(orderId);
    const { paymentId } = await shop.app.get(PaymentsService).create(aPaymentOf(orderId));
    expect(await tracker.confirm(theCallback(orderId, paymentId))).toMatchObject({
      state: 'failed',
      reason: 'arrived_late',
    });
    expect(await tracker.counts()).toEqual({ needsAttention: 1, open: 0 });
    shop.sandbox.completePayment(paymentId, 'decline');
    await clock.sleep(1_100);
    expect(await tracker.confirm(theCallback(orderId, paymentId))).toMatchObject({
      state: 'failed',
      reason: null,
    });
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it('is not begun for a buyer whose payment was reported as failed meanwhile', async () => {
    const orderId = await shop.anOrder();
    const other = (await shop.second()).get(PaymentTracker);
    // Longer than three rounds take on a machine with much else to do.
    shop.sandbox.faults.next('POST /api/v1/payments', 'latency', { latencyMs: 3_000 });
    const paying = tracker.pay(aPaymentOf(orderId), usd);
    while ((await tracker.get(requestOf(orderId))) === undefined) await sleep(5);
    shop.age(requestOf(orderId), 16);
    for (let round = 0; round < 3; round += 1) {
      await other.sweep();
      shop.due();
    }
    expect(await tracker.get(requestOf(orderId))).toMatchObject({ reason: 'never_arrived' });
    const start = await paying;
    expect(start).not.toHaveProperty('redirectUrl');
    expect(start.payment).toMatchObject({ state: 'failed', reason: 'arrived_late' });
    expect(await tracker.counts()).toEqual({ needsAttention: 1, open: 0 });
    expect(shop.log.text).toContain('arrived_late');
  });

  it('is not given up by the process that is still sending it, whatever the clock says', async () => {
    const orderId = await shop.anOrder();
    shop.sandbox.faults.next('POST /api/v1/payments', 'latency', { latencyMs: 3_000 });
    const paying = tracker.pay(aPaymentOf(orderId), usd);
    while ((await tracker.get(requestOf(orderId))) === undefined) await sleep(5);
    await sweptToTheEnd(orderId);
    expect(await tracker.get(requestOf(orderId))).toMatchObject({ state: 'created' });
    expect((await paying).payment).toMatchObject({ state: 'attempted' });
  });

  it.each([
    ['an order whose payment never arrived', neverArrived, 'unexpected_success'],
    [
      'an order whose payment was of another amount',
      async (orderId: string) => {
        const { payment } = await tracker.pay(aPaymentOf(orderId), { ...usd, amount: 999 });
        shop.sandbox.completePayment(String(payment.paymentId), 'approve');
        await tracker.confirm(theCallback(orderId, payment.paymentId));
      },
      'unexpected_success',
    ],
    [
      'an order that is paid',
      async (orderId: string) => {
        const { payment } = await tracker.pay(aPaymentOf(orderId), usd);
        shop.sandbox.completePayment(String(payment.paymentId), 'approve');
        await tracker.confirm(theCallback(orderId, payment.paymentId));
      },
      'duplicate_charge',
    ],
  ])('that nobody asked for, on %s, gets a record for a person', async (_, before, reason) => {
    const orderId = await shop.anOrder();
    const other = await shop.app
      .get(PaymentsService)
      .create(aPaymentOf(orderId, { requestId: 'somebody-else' }));
    await before(orderId);
    const rows = shop.rows();
    shop.sandbox.completePayment(other.paymentId, 'approve');
    expect(await tracker.confirm(theCallback(orderId, other.paymentId))).toMatchObject({
      paymentId: other.paymentId,
      reference: requestOf(orderId),
      state: 'needs_attention',
      reason,
    });
    expect(await tracker.needingAttention(10)).toContainEqual(
      expect.objectContaining({ paymentId: other.paymentId, reason }),
    );
    expect(shop.rows()).toEqual(rows);
  });

  it('keeps a record from ending as failed when its order was paid by a payment it does not know', async () => {
    const orderId = await shop.anOrder();
    const other = await shop.app
      .get(PaymentsService)
      .create(aPaymentOf(orderId, { requestId: 'somebody-else' }));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      shop.sandbox.faults.next('POST /api/v1/payments', 'reset-before-processing');
    }
    await expect(tracker.pay(aPaymentOf(orderId), usd)).rejects.toThrow();
    shop.sandbox.completePayment(other.paymentId, 'approve');
    await sweptToTheEnd(orderId);
    expect(await tracker.get(requestOf(orderId))).toMatchObject({
      state: 'needs_attention',
      reason: 'unexpected_success',
    });
    expect(await tracker.counts()).toEqual({ needsAttention: 2, open: 0 });
    expect(shop.rows()).toEqual([]);
  });

  it('says so when a browser contradicts a failure that the gateway now calls a success', async () => {
    const orderId = await shop.anOrder();
    const { payment } = await tracker.pay(aPaymentOf(orderId), usd);
    const callback = theCallback(orderId, payment.paymentId);
    shop.sandbox.completePayment(callback.paymentId, 'decline');
    await tracker.confirm(callback);
    const declined = shop.sandbox.payments.get(callback.paymentId);
    Object.assign(declined ?? {}, { status: 'success' });
    await clock.sleep(1_100);
    expect(await tracker.confirm(callback)).toMatchObject({
      state: 'failed',
      reason: 'terminal_conflict',
    });
    expect(shop.log.text).toContain('terminal_conflict');
  });

  it('leaves the name of such records to the library', async () => {
    const orderId = await shop.anOrder();
    await expect(
      tracker.pay(aPaymentOf(orderId, { requestId: 'stray:payt_1' }), usd),
    ).rejects.toMatchObject({ code: 'GLOMOPAY_VALIDATION', violations: [{ rule: 'isFree' }] });
    expect(shop.sandbox.requests.count('POST /api/v1/payments')).toBe(0);
  });
});
