import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import {
  Reconciliation,
  TrackedMovements,
  TrackingStore,
  type ReconciliationFinding,
  type ReconciliationOptions,
  type TrackedChange,
} from 'nestjs-glomopay';
import { aRefundOf, aRefundShop, idOf, type RefundShop } from './refund-shop.js';
import { refundStores, type RefundStore } from './refund-stores.js';

const CREATE = 'POST /api/v1/refunds';
const LIST = 'GET /api/v1/refunds';
const usd = { currency: 'USD', reference: 'complaint-7' };

describe.each(refundStores)('A reconciliation of refunds on %s', (_, open) => {
  let place: RefundStore;
  let shop: RefundShop;
  let paymentId: string;
  let requestId: string;
  beforeEach(async () => {
    place = await open();
    shop = await aRefundShop(place);
    paymentId = await shop.aPayment();
    requestId = `refund-of-${paymentId}`;
  });
  afterEach(() => shop.close());

  const start = async (amount?: number) =>
    (await shop.tracker.refund(aRefundOf(paymentId, { amount }), usd)).refund;
  async function reconciled(
    options: Partial<ReconciliationOptions> = {},
    app: INestApplicationContext = shop.app,
  ) {
    const from = new Date(Date.now() - 60_000);
    // A whole minute on: what was made in this very millisecond counts too.
    const to = new Date(Date.now() + 60_000);
    const run = app.get(Reconciliation).reconcile({ from, to, ...options });
    const findings: ReconciliationFinding[] = [];
    for await (const finding of run) findings.push(finding);
    return { findings, summary: run.summary };
  }
  const key = () => ({ account: 'default', kind: 'refund', requestId }) as const;
  /** Written down, and not asked for so far. */
  const intent = () =>
    shop.app
      .get(TrackingStore, { strict: false })
      .insert({ ...key(), ...usd, subjectId: paymentId, exclusive: false, amount: 1_000 }, 60_000);
  /** The record as a fault has left it. */
  const spoil = (change: TrackedChange) =>
    shop.app
      .get(TrackingStore, { strict: false })
      .settle(key(), { decide: () => change, effect: async () => undefined, nextCheckMs: 0 });

  it('brings an outcome of which nobody has told, as a witness of its own', async () => {
    const refund = await start();
    expect((await reconciled()).summary).toMatchObject({ compared: 2, equal: 2 });
    shop.sandbox.completeRefund(idOf(refund), 'approve');
    const dry = await reconciled({ repair: false });
    expect(dry.findings).toMatchObject([{ kind: 'status', repaired: false, state: 'attempted' }]);
    // What the buyer gets is in the currency that was charged.
    const [gone] = shop.sandbox.refunds.list();
    const there = { amount: gone?.amount, currency: 'AED', subjectId: paymentId };
    const here = { amount: 1_000, currency: 'USD', subjectId: paymentId };
    expect((await reconciled()).findings).toEqual([
      {
        kind: 'status',
        movement: 'refund',
        requestId,
        reference: 'complaint-7',
        objectId: refund.refundId,
        createdAt: expect.any(Date),
        here: { ...here, status: 'attempted' },
        there: { ...there, status: 'success' },
        repaired: true,
        state: 'succeeded',
        reason: null,
      },
    ]);
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
    const history = await shop.tracker.history(requestId);
    expect(history.at(-1)?.witness).toEqual({ kind: 'reconciliation', id: null });
    expect((await reconciled()).summary).toMatchObject({ equal: 2, findings: 0 });
  });

  it('never takes a refund of another amount for the one that was asked for', async () => {
    await intent();
    const other = await shop.atDashboard(paymentId, 400);
    shop.sandbox.completeRefund(other, 'approve');
    await spoil({ objectId: other, state: 'attempted' });
    expect((await reconciled()).findings).toMatchObject([
      { kind: 'amount', objectId: other, repaired: false, state: 'mismatch' },
    ]);
    expect(await place.lines()).toEqual([]);
    expect(await shop.tracker.get(requestId)).toMatchObject({ reason: 'amount_differs' });
  });

  it('leaves an outcome that stands, and says when the gateway contradicts it', async () => {
    const refund = await start();
    await spoil({ state: 'failed' });
    shop.sandbox.completeRefund(idOf(refund), 'approve');
    const { findings } = await reconciled();
    expect(findings).toMatchObject([
      { kind: 'status', repaired: false, state: 'failed', reason: 'terminal_conflict' },
    ]);
    expect(await place.lines()).toEqual([]);
  });

  it('says when the gateway has no such refund', async () => {
    const refund = await start();
    await spoil({ objectId: 'refund_unknown1', state: 'succeeded' });
    const { findings } = await reconciled();
    expect(findings.map(({ kind, objectId }) => [kind, objectId])).toEqual([
      ['missing_there', 'refund_unknown1'],
      ['missing_here', refund.refundId],
    ]);
  });

  it('finds whose a refund is whose answer got lost', async () => {
    shop.sandbox.faults.next(CREATE, 'drop-after-commit');
    for (let times = 0; times < 20; times += 1) {
      shop.sandbox.faults.next(CREATE, 'server-error');
      shop.sandbox.faults.next(LIST, 'server-error');
    }
    await expect(start(400)).rejects.toMatchObject({ outcome: 'unknown' });
    shop.sandbox.faults.clear();
    const [made] = shop.sandbox.refunds.list();
    shop.sandbox.completeRefund(String(made?.id), 'approve');
    const { findings } = await reconciled();
    expect(findings).toMatchObject([
      { kind: 'status', requestId, objectId: made?.id, repaired: true, state: 'succeeded' },
    ]);
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
  });

  it('gives a person one that nobody asked for, though its webhook was lost', async () => {
    const stray = await shop.atDashboard(paymentId, 400);
    const pending = await reconciled();
    expect(pending.findings).toMatchObject([
      { kind: 'missing_here', objectId: stray, here: null, repaired: false, state: null },
    ]);
    shop.sandbox.completeRefund(stray, 'approve');
    const { findings } = await reconciled();
    expect(findings).toMatchObject([
      {
        kind: 'missing_here',
        movement: 'refund',
        requestId: `stray:${stray}`,
        repaired: false,
        state: 'needs_attention',
        reason: 'unexpected_success',
      },
    ]);
    expect(await shop.tracker.needingAttention(5)).toMatchObject([
      { refundId: stray, currency: 'AED' },
    ]);
    expect(await place.lines()).toEqual([]);
    expect((await reconciled()).findings).toMatchObject([{ kind: 'status', objectId: stray }]);
    const acknowledged = { as: 'acknowledged', by: 'Asha', note: 'made at the desk' } as const;
    await shop.tracker.resolve(`stray:${stray}`, acknowledged);
    expect((await reconciled()).summary).toMatchObject({ equal: 2, findings: 0 });
  });

  it('waits for a record that is open before it calls a refund nobody’s', async () => {
    await intent();
    const stray = await shop.atDashboard(paymentId, 400);
    shop.sandbox.completeRefund(stray, 'approve');
    const { findings } = await reconciled();
    expect(findings).toMatchObject([
      { kind: 'missing_here', objectId: stray, repaired: false, state: null },
    ]);
    expect(await shop.tracker.of(paymentId)).toHaveLength(1);
  });

  it('mends once where two processes compare at the same time', async () => {
    const refund = await start(400);
    const stray = await shop.atDashboard(paymentId, 300);
    shop.sandbox.completeRefund(idOf(refund), 'approve');
    shop.sandbox.completeRefund(stray, 'approve');
    const other = await shop.second();
    await Promise.all([reconciled(), reconciled({}, other), reconciled({}, other)]);
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
    expect((await shop.tracker.of(paymentId)).map(({ state }) => state).toSorted()).toEqual([
      'needs_attention',
      'succeeded',
    ]);
    const movements = shop.app.get(TrackedMovements);
    const stays = await movements.history({ kind: 'refund', requestId: `stray:${stray}` });
    expect(stays.map(({ to }) => to)).toEqual(['created', 'needs_attention']);
  });
});
