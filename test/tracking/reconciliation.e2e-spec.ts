import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  getGlomopayToken,
  PaymentTracker,
  Reconciliation,
  TrackedMovements,
  TrackingStore,
  type ReconciliationFinding,
  type ReconciliationOptions,
  type TrackedChange,
} from 'nestjs-glomopay';
import { aPaymentOf, aTrackedShop, type TrackedShop } from './tracked-shop.js';

const usd = { amount: 1_000, currency: 'USD' };

describe('a reconciliation', () => {
  let shop: TrackedShop;
  let requestId: string;
  let paymentId: string;
  beforeEach(async () => {
    shop = await aTrackedShop();
    const orderId = await shop.anOrder();
    const { payment } = await shop.app.get(PaymentTracker).pay(aPaymentOf(orderId), usd);
    requestId = payment.requestId;
    paymentId = String(payment.paymentId);
  });
  afterEach(() => shop.close());

  async function reconciled(options: Partial<ReconciliationOptions> = {}, app = shop.app) {
    const from = new Date(Date.now() - 60_000);
    // A whole minute on: what was made in this very millisecond counts too.
    const to = new Date(Date.now() + 60_000);
    const run = app.get(Reconciliation).reconcile({ from, to, ...options });
    const findings: ReconciliationFinding[] = [];
    for await (const finding of run) findings.push(finding);
    return { findings, summary: run.summary };
  }
  const key = () => ({ account: 'default', kind: 'payment', requestId }) as const;
  /** The record as a fault has left it. */
  const spoil = (change: TrackedChange) =>
    shop.app
      .get(TrackingStore, { strict: false })
      .settle(key(), { decide: () => change, effect: async () => undefined, nextCheckMs: 0 });

  it('brings the outcome as a witness of its own', async () => {
    expect((await reconciled()).summary).toMatchObject({ compared: 1, equal: 1 });
    shop.sandbox.completePayment(paymentId, 'approve');
    const { findings } = await reconciled();
    expect(findings).toEqual([
      {
        kind: 'status',
        movement: 'payment',
        requestId,
        reference: requestId,
        objectId: paymentId,
        createdAt: expect.any(Date),
        here: { ...usd, subjectId: expect.stringMatching(/^order_/), status: 'attempted' },
        there: { ...usd, subjectId: expect.stringMatching(/^order_/), status: 'success' },
        repaired: true,
        state: 'succeeded',
        reason: null,
      },
    ]);
    expect(shop.rows()).toHaveLength(1);
    const history = await shop.app.get(TrackedMovements).history(key());
    expect(history.at(-1)?.witness).toEqual({ kind: 'reconciliation', id: null });
  });

  it('never changes an outcome that stands, and says when the gateway contradicts it', async () => {
    await spoil({ state: 'failed' });
    shop.sandbox.completePayment(paymentId, 'approve');
    const { findings } = await reconciled();
    expect(findings).toMatchObject([
      { kind: 'status', repaired: false, state: 'failed', reason: 'terminal_conflict' },
    ]);
    expect(shop.rows()).toEqual([]);
    expect((await reconciled()).summary).toMatchObject({ findings: 1, repaired: 0 });
  });

  it('says when a record has ended and its payment has not', async () => {
    await spoil({ state: 'succeeded' });
    const { findings } = await reconciled();
    expect(findings).toMatchObject([{ kind: 'status', repaired: false, state: 'succeeded' }]);
  });

  it.each(['payt_unknown1', 'no id of a payment'])(
    'says when the gateway has no payment %s',
    async (objectId) => {
      const other = await shop.app.get(PaymentTracker).pay(aPaymentOf(await shop.anOrder()), usd);
      requestId = other.payment.requestId;
      await spoil({ objectId, state: 'succeeded' });
      const { findings } = await reconciled();
      expect(findings.map(({ kind, objectId: id }) => [kind, id])).toEqual([
        ['missing_there', objectId],
        ['missing_here', other.payment.paymentId],
      ]);
    },
  );

  it('compares where the history was purged, which leaves the records', async () => {
    shop.sandbox.completePayment(paymentId, 'approve');
    await reconciled();
    const movements = shop.app.get(TrackedMovements);
    expect(await movements.purge({ before: new Date(Date.now() + 60_000) })).toBe(1);
    expect((await reconciled()).summary).toMatchObject({ compared: 1, equal: 1 });
  });

  it('leaves outcomes to others where the process may write none', async () => {
    const reader = await shop.second({ tracking: { work: false } });
    shop.sandbox.completePayment(paymentId, 'approve');
    const { findings } = await reconciled({}, reader);
    expect(findings).toMatchObject([{ kind: 'status', repaired: false, state: 'attempted' }]);
    expect(shop.rows()).toEqual([]);
    expect((await reconciled()).summary).toMatchObject({ findings: 1, repaired: 1 });
  });

  it('asks nothing before it is read, and nothing after it was stopped', async () => {
    const before = shop.sandbox.requests.list().length;
    const run = shop.app.get(Reconciliation).reconcile({ from: '2020-01-01' });
    const stopped = await reconciled({ signal: AbortSignal.abort(new Error('enough')) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(stopped).toEqual(new Error('enough'));
    expect(shop.sandbox.requests.list()).toHaveLength(before);
    expect(await run.toEnd()).toMatchObject({ compared: 1 });
    expect(shop.sandbox.requests.list().length).toBeGreaterThan(before);
  });

  it('has a token for each account', () => {
    expect(shop.app.get(getGlomopayToken(Reconciliation))).toBeInstanceOf(Reconciliation);
  });
});
