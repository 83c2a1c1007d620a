import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { PaymentTracker, Reconciliation, type ReconciliationFinding } from 'nestjs-glomopay';
import { aCollectingShop, shelves, type CollectingShop } from './collecting-shop.js';

const usd = { amount: 1_000, currency: 'USD' };

describe.each(Object.entries(shelves))(
  'A reconciliation of what is paid elsewhere (%s)',
  (_, shelf) => {
    let shop: CollectingShop;
    let tracker: PaymentTracker;
    let orderId: string;
    beforeEach(async () => {
      shop = await aCollectingShop(await shelf());
      tracker = shop.app.get(PaymentTracker);
      orderId = await shop.anOrder();
      await tracker.expect({ ...usd, orderId, reference: 'purchase-1' });
    });
    afterEach(() => shop.close());

    async function reconciled(app: INestApplicationContext = shop.app) {
      const from = new Date(Date.now() - 60_000);
      // A whole minute on: what was made in this very millisecond counts too.
      const to = new Date(Date.now() + 60_000);
      const run = app.get(Reconciliation).reconcile({ from, to });
      const findings: ReconciliationFinding[] = [];
      for await (const finding of run) findings.push(finding);
      return { findings, summary: run.summary };
    }
    const heard = () => shop.heard().map(({ reference, outcome }) => `${reference} ${outcome}`);
    const asked = () => shop.sandbox.requests.list().map(({ method, path }) => `${method} ${path}`);

    it('brings the success of which nobody has told', async () => {
      const { paymentId } = await shop.pays({ orderId });
      const { findings } = await reconciled();
      expect(findings).toMatchObject([
        {
          kind: 'status',
          movement: 'collection',
          reference: 'purchase-1',
          objectId: paymentId,
          repaired: true,
          state: 'succeeded',
        },
      ]);
      expect(heard()).toEqual(['purchase-1 succeeded']);
    });

    it('compares a payment as it is listed, and asks for it no second time', async () => {
      await shop.pays({ orderId });
      await reconciled();
      const before = asked().length;
      expect((await reconciled()).summary).toMatchObject({ compared: 1, equal: 1 });
      expect(asked().slice(before)).toEqual(['GET /api/v1/payments', 'GET /api/v1/refunds']);
    });

    it('takes attempts that come to nothing for none of ours', async () => {
      await shop.pays({ orderId }, 'decline');
      await shop.begins({ orderId });
      const { findings, summary } = await reconciled();
      expect(findings).toEqual([]);
      expect(summary).toMatchObject({ foreign: 2 });
      expect(await tracker.get('purchase-1')).toMatchObject({ paymentId: null });
    });

    it('mends once where two processes compare at the same time', async () => {
      await shop.pays({ orderId });
      const other = await shop.second();
      const runs = await Promise.all([reconciled(), reconciled(other), reconciled(other)]);
      expect(heard()).toEqual(['purchase-1 succeeded']);
      expect(runs.flatMap(({ findings }) => findings).map(({ state }) => state)).toEqual(
        expect.arrayContaining(['succeeded']),
      );
      expect(
        (await tracker.history('purchase-1')).filter(({ to }) => to === 'succeeded'),
      ).toHaveLength(1);
    });
  },
);
