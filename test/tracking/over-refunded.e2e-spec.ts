import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  GlomopayTrackingModule,
  OrdersService,
  PaymentTracker,
  Reconciliation,
  RefundTracker,
  type ReconciliationFinding,
} from 'nestjs-glomopay';
import { GlomopayScript, GlomopayTestingModule } from 'nestjs-glomopay/testing';
import { CapturedLog } from '../support/captured-log.js';
import { aRefundOf, RefundBooks } from './refund-shop.js';
import { refundStores, type RefundStore } from './refund-stores.js';
import { aPaymentOf } from './tracked-shop.js';

const usd = { currency: 'USD' };

// The gateway itself refuses this; the script does not count what has been refunded.
describe.each(refundStores)('Refunds of one payment on %s', (_, open) => {
  let place: RefundStore;
  let app: INestApplicationContext;
  let tracker: RefundTracker;
  let script: GlomopayScript;
  let paymentId: string;
  const log = new CapturedLog();
  beforeEach(async () => {
    place = await open();
    app = await Test.createTestingModule({
      imports: [
        GlomopayTestingModule.forRoot(),
        GlomopayTrackingModule.forRoot({ store: place.store(), sweep: { everyMs: 0 } }),
      ],
      providers: [RefundBooks],
    }).compile();
    app.useLogger(log);
    app.get(RefundBooks).store = place;
    await app.init();
    tracker = app.get(RefundTracker);
    script = app.get(GlomopayScript);
    const order = await app
      .get(OrdersService)
      .create({ customerId: 'cust_1', amount: 1_000, ...usd });
    const { payment } = await app
      .get(PaymentTracker)
      .pay(aPaymentOf(order.id), { amount: 1_000, ...usd });
    paymentId = String(payment.paymentId);
    script.complete(paymentId, 'approve');
    await app.get(PaymentTracker).check(payment.requestId);
  });
  afterEach(async () => {
    await app.close();
    await place.close();
  });

  const goneBack = async (requestId: string, amount: number) => {
    const { refund } = await tracker.refund(aRefundOf(paymentId, { requestId, amount }), usd);
    script.complete(String(refund.refundId), 'approve');
  };

  it('succeed as long as they do not come to more than it', async () => {
    await goneBack('first', 400);
    await goneBack('second', 600);
    await Promise.all([tracker.check('first'), tracker.check('second')]);
    expect((await place.lines()).toSorted()).toEqual(['first succeeded', 'second succeeded']);
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it('are for a person when they do, whichever of them ends first', async () => {
    await goneBack('first', 600);
    await goneBack('second', 600);
    const both = await Promise.all([tracker.check('first'), tracker.check('second')]);
    const beyond = both.find((refund) => refund?.state === 'needs_attention');
    expect(both.map((refund) => refund?.state).toSorted()).toEqual([
      'needs_attention',
      'succeeded',
    ]);
    expect(beyond).toMatchObject({ reason: 'over_refunded', gatewayStatus: 'success' });
    expect(await tracker.needingAttention(5)).toEqual([beyond]);
    expect(await place.lines()).toHaveLength(1);
    expect(log.text).toContain(`(request ${beyond?.requestId}) needs a person: needs_attention`);
    expect(await tracker.check(String(beyond?.requestId))).toMatchObject({
      version: beyond?.version,
    });
    expect(await place.lines()).toHaveLength(1);
  });

  it('are compared with the gateway as what they are', async () => {
    await goneBack('first', 600);
    await goneBack('second', 600);
    const reconciled = async () => {
      const findings: ReconciliationFinding[] = [];
      const from = new Date(Date.now() - 60_000);
      // What was made in this very millisecond belongs to it.
      const to = new Date(Date.now() + 60_000);
      for await (const finding of app.get(Reconciliation).reconcile({ from, to })) {
        findings.push(finding);
      }
      return findings.map(({ kind, repaired, reason }) => [kind, repaired, reason]);
    };
    const beyond = ['status', false, 'over_refunded'];
    expect((await reconciled()).toSorted()).toEqual([beyond, ['status', true, null]]);
    expect(await place.lines()).toHaveLength(1);
    expect(await reconciled()).toEqual([beyond]);
    const [left] = await tracker.needingAttention(5);
    await tracker.resolve(String(left?.requestId), { as: 'succeeded', by: 'Asha', note: 'agreed' });
    expect(await reconciled()).toEqual([]);
    expect(await place.lines()).toHaveLength(2);
  });

  it('are closed by a person through the tracker, which tells how it came to that', async () => {
    await goneBack('first', 600);
    await tracker.check('first');
    await goneBack('second', 600);
    await tracker.check('second');
    const said = { as: 'acknowledged', note: 'written off', by: 'asha' } as const;
    expect(await tracker.resolve('second', said)).toMatchObject({
      kind: 'refund',
      refundId: expect.any(String),
      resolution: 'acknowledged',
      resolvedBy: 'asha',
    });
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
    expect(await tracker.history('second')).toMatchObject([
      { to: 'created', witness: { kind: 'request' } },
      { to: 'attempted' },
      { to: 'needs_attention', reason: 'over_refunded', witness: { kind: 'check' } },
      { witness: { kind: 'person', id: 'asha' }, note: 'written off' },
    ]);
    await expect(tracker.resolve('first', said)).rejects.toMatchObject({ fault: 'needs_nobody' });
    expect(await tracker.resolve('unheard', said)).toBeUndefined();
    expect(await tracker.history('unheard')).toEqual([]);
  });
});
