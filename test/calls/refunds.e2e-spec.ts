import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { aPayment, aRefund, anOrder } from '../support/library/requests.js';

const ROUTE = 'POST /api/v1/refunds';
const DAY_MS = 86_400_000;

let sandbox: GlomopaySandbox;
let library: OpenLibrary;

beforeEach(async () => {
  sandbox = await GlomopaySandbox.start();
  library = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
});
afterEach(async () => {
  await library.close();
  await sandbox.stop();
});

/** A payment that has succeeded. In EUR a buyer is charged what is settled, in USD something else. */
async function paid(currency: 'EUR' | 'USD' = 'EUR'): Promise<string> {
  const { orders, payments } = library;
  const order = await orders.create(anOrder({ customerId: sandbox.demoCustomerId, currency }));
  const { paymentId } = await payments.create(aPayment({ orderId: order.id }));
  sandbox.completePayment(paymentId, 'approve');
  return paymentId;
}

describe('a refund', () => {
  it('goes from the request to the bank and to its reference', async () => {
    const paymentId = await paid('USD');
    const refund = await library.refunds.create(aRefund({ paymentId }));
    expect(refund).toMatchObject({
      paymentId,
      status: 'in_progress',
      partialRefund: false,
      amount: 3746,
      currency: 'AED',
      balanceUsed: { amount: 1000, currency: 'USD' },
      replayed: false,
    });
    sandbox.completeRefund(refund.id, 'approve');
    await sandbox.clock.advance(5_000);
    await expect(library.refunds.get(refund.id)).resolves.toMatchObject({
      status: 'success',
      utr: expect.any(String),
    });
    const { data } = await library.refunds.list({ paymentId, status: 'success' });
    expect(data).toHaveLength(1);
  });

  it.each(['drop-after-commit', 'timeout-after-commit', 'truncated-json'] as const)(
    'is made once when its answer gets lost (%s), though the gateway then says that nothing is left',
    async (fault) => {
      const brief = await openLibrary(sandbox.url, {
        options: { secretKey: sandbox.secretKey, timeoutMs: 3_000 },
      });
      const paymentId = await paid();
      sandbox.faults.next(ROUTE, fault);
      await expect(brief.refunds.create(aRefund({ paymentId }))).resolves.toMatchObject({
        paymentId,
        replayed: true,
      });
      expect(sandbox.refunds.list()).toHaveLength(1);
      expect(sandbox.requests.count(ROUTE)).toBe(2);
      await brief.close();
    },
  );

  it('is made once when the answer to a part gets lost, and compared by its amount', async () => {
    const paymentId = await paid();
    sandbox.faults.next(ROUTE, 'drop-after-commit');
    await expect(
      library.refunds.create(aRefund({ paymentId, amount: 700 })),
    ).resolves.toMatchObject({ amount: 700, partialRefund: true, replayed: true });
    expect(sandbox.refunds.list()).toHaveLength(1);
  });

  it('is made once by a process that comes back after the first one is gone', async () => {
    const paymentId = await paid();
    const first = await library.refunds.create(aRefund({ paymentId }));
    const restarted = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
    await expect(restarted.refunds.create(aRefund({ paymentId }))).resolves.toMatchObject({
      id: first.id,
      replayed: true,
    });
    await restarted.close();
    expect(sandbox.refunds.list()).toHaveLength(1);
  });

  it.each([false, true])(
    'is made once by ten that ask at the same time; the request_id is checked first: %s',
    async (refundDuplicateCheckFirst) => {
      sandbox.account.refundDuplicateCheckFirst = refundDuplicateCheckFirst;
      const paymentId = await paid();
      const made = await Promise.all(
        Array.from({ length: 10 }, () => library.refunds.create(aRefund({ paymentId }))),
      );
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect(made.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(sandbox.refunds.list()).toHaveLength(1);
    },
  );

  it('waits for the lock on its payment', async () => {
    const paymentId = await paid();
    sandbox.faults.next(ROUTE, 'refund-locked');
    sandbox.faults.next(ROUTE, 'refund-locked');
    await expect(library.refunds.create(aRefund({ paymentId }))).resolves.toMatchObject({
      replayed: false,
    });
    expect(sandbox.requests.count(ROUTE)).toBe(3);
  });

  it('says that it was refused, and that nothing happened, when the lock stays', async () => {
    const paymentId = await paid();
    for (let times = 0; times < 20; times += 1) sandbox.faults.next(ROUTE, 'refund-locked');
    expect(await failureOf(library.refunds.create(aRefund({ paymentId })))).toMatchObject({
      status: 409,
      outcome: 'rejected',
    });
    expect(sandbox.refunds.list()).toEqual([]);
  });

  it('that fails at once is a result, which leaves the payment as it was', async () => {
    const paymentId = await paid();
    sandbox.faults.next(ROUTE, 'refund-fails-at-create');
    await expect(library.refunds.create(aRefund({ paymentId }))).resolves.toMatchObject({
      status: 'failed',
      replayed: false,
    });
    await expect(library.refunds.refundable(paymentId)).resolves.toMatchObject({
      amount: { amount: 1000, currency: 'EUR' },
    });
  });

  it.each(['EUR', 'USD'] as const)(
    'of another amount is no answer to a request_id that was used before, in %s',
    async (currency) => {
      const paymentId = await paid(currency);
      await library.refunds.create(aRefund({ paymentId, amount: 700 }));
      const whole = await failureOf(library.refunds.create(aRefund({ paymentId })));
      expect(whole).toMatchObject({ code: 'GLOMOPAY_REQUEST_ID_CONFLICT' });
      const other = await failureOf(
        library.refunds.create(aRefund({ paymentId: await paid(currency), amount: 700 })),
      );
      expect(other).toMatchObject({ code: 'GLOMOPAY_REQUEST_ID_CONFLICT' });
      expect(sandbox.refunds.list()).toHaveLength(1);
    },
  );

  it('of more than is left is refused, and one that was cancelled leaves it all', async () => {
    const paymentId = await paid();
    await library.refunds.create(aRefund({ paymentId, amount: 700, requestId: 'r-1' }));
    const more = library.refunds.create(aRefund({ paymentId, amount: 301, requestId: 'r-2' }));
    expect(await failureOf(more)).toMatchObject({ outcome: 'rejected', status: 400 });
    const rest = await library.refunds.create(
      aRefund({ paymentId, amount: 300, requestId: 'r-2' }),
    );
    expect(rest).toMatchObject({ replayed: false });
  });

  it('hands in what its review wants, once, though the answer gets lost', async () => {
    sandbox.account.refundReview = true;
    const paymentId = await paid();
    const { id, documents } = await library.refunds.create(aRefund({ paymentId }));
    const answers = documents.map(({ rfiDocId }) => ({
      rfiDocId: rfiDocId ?? '',
      documentId: 'doc_nYUqLpuYQ0M8',
    }));
    expect(answers).toHaveLength(1);
    sandbox.faults.next(`PATCH /api/v1/refunds/${id}/update_rfi`, 'drop-after-commit');
    await expect(library.refunds.submitRfi(id, answers)).resolves.toMatchObject({
      status: 'under_review',
    });
    await sandbox.clock.advance(5_000);
    await expect(library.refunds.get(id)).resolves.toMatchObject({ status: 'in_progress' });
  });
});

describe('refunds.refundable', () => {
  /** The library's clock stands still in 2026; the payment was made at the sandbox's time. */
  const openNow = () =>
    openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey }, clock: 'real' });

  it('tells what the gateway then takes, to the last cent', async () => {
    const now = await openNow();
    const paymentId = await paid();
    await now.refunds.create(aRefund({ paymentId, amount: 400, requestId: 'r-1' }));
    const failing = await now.refunds.create(aRefund({ paymentId, amount: 100, requestId: 'r-2' }));
    sandbox.completeRefund(failing.id, 'decline');
    const { amount, parts, obstacles, doubts, until } = await now.refunds.refundable(paymentId);
    expect({ amount, parts, obstacles, doubts }).toEqual({
      amount: { amount: 600, currency: 'EUR' },
      parts: 'if_enabled',
      obstacles: [],
      doubts: ['balance', 'chargeback'],
    });
    const payment = sandbox.payments.get(paymentId);
    expect(until).toEqual(new Date(Date.parse(payment?.created_at ?? '') + 180 * DAY_MS));
    await now.refunds.create(aRefund({ paymentId, amount: 600, requestId: 'r-3' }));
    await expect(now.refunds.refundable(paymentId)).resolves.toMatchObject({
      amount: { amount: 0, currency: 'EUR' },
      obstacles: ['fully_refunded'],
    });
    await now.close();
  });

  it('tells no number after a part of a payment that was charged in another currency', async () => {
    const now = await openNow();
    const paymentId = await paid('USD');
    await expect(now.refunds.refundable(paymentId)).resolves.toMatchObject({
      amount: { amount: 1000, currency: 'USD' },
    });
    await now.refunds.create(aRefund({ paymentId, amount: 400, requestId: 'r-1' }));
    await expect(now.refunds.refundable(paymentId)).resolves.toMatchObject({
      amount: undefined,
      doubts: ['balance', 'chargeback', 'earlier_refunds'],
    });
    await now.refunds.create(aRefund({ paymentId, requestId: 'r-2' }));
    await expect(now.refunds.refundable(paymentId)).resolves.toMatchObject({
      obstacles: ['fully_refunded'],
    });
    await now.close();
  });

  it('names what is against a payment that the gateway would refuse', async () => {
    const now = await openNow();
    const order = await library.orders.create(anOrder({ customerId: sandbox.demoCustomerId }));
    const { paymentId } = await library.payments.create(aPayment({ orderId: order.id }));
    sandbox.completePayment(paymentId, 'decline');
    await expect(now.refunds.refundable(paymentId)).resolves.toMatchObject({
      amount: { amount: 0 },
      obstacles: ['not_successful'],
    });
    expect(await failureOf(now.refunds.create(aRefund({ paymentId })))).toMatchObject({
      gatewayMessage: 'Payment is not successful',
    });
    await now.close();
  });
});
