import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Reconciliation, RefundTracker, type ReconciliationFinding } from 'nestjs-glomopay';
import { restorableDatabases } from './restorable-database.js';
import { RestoredShop } from './restored-shop.js';

for (const [name, open] of restorableDatabases) {
  describe(`refunds in a database on ${name} that was set back`, () => {
    let shop: RestoredShop;
    /** Asked for before the dump; after it; and of a payment that is newer than the dump. */
    let inFlight: string;
    let lost: string;
    let ofLost: string;
    let lostPayment: string;
    let known: string;
    const from = new Date(Date.now() - 3_600_000);

    beforeEach(async () => {
      shop = await RestoredShop.open(await open());
      const paid = async () => {
        const paymentId = await shop.pay(await shop.order());
        await shop.end(paymentId, 'approve');
        return paymentId;
      };
      known = await paid();
      await shop.refunded(known, 'settled');
      inFlight = await shop.refund(known, 'in-flight');
      await shop.database.dump();
      shop.sandbox.completeRefund(inFlight, 'approve');
      await shop.app.get(RefundTracker).check('in-flight');
      lost = await shop.refunded(known, 'lost');
      lostPayment = await paid();
      ofLost = await shop.refunded(lostPayment, 'of-lost');
      await shop.setBack();
      await shop.payments();
    });

    afterEach(() => shop.close());

    async function reconciled() {
      const { expectationOf } = shop;
      const run = shop.app.get(Reconciliation).reconcile({ from, expectationOf });
      const findings: ReconciliationFinding[] = [];
      for await (const finding of run) findings.push(finding);
      return findings.map(({ kind, objectId, repaired, state, reason }) =>
        [objectId, kind, repaired, state, reason].join(' '),
      );
    }
    const stray = 'needs_attention unexpected_success';
    const refundRows = async () =>
      (await shop.database.rows()).filter(({ reference }) => !reference.includes('/'));

    it('gives those it knows their outcome, and a person the others', async () => {
      expect((await reconciled()).toSorted()).toEqual(
        [
          `${inFlight} status true succeeded `,
          `${lostPayment} missing_here true succeeded `,
          `${lost} missing_here false ${stray}`,
          `${ofLost} missing_here false ${stray}`,
        ].toSorted(),
      );
      expect(await refundRows()).toEqual([
        { reference: 'in-flight', outcome: 'succeeded' },
        { reference: 'settled', outcome: 'succeeded' },
      ]);
      expect((await reconciled()).toSorted()).toEqual(
        [`${lost} status false ${stray}`, `${ofLost} status false ${stray}`].toSorted(),
      );
    });

    it('finds a refund again that is asked for again, and makes no second one', async () => {
      const made = shop.sandbox.refunds.list().length;
      expect(await shop.refund(known, 'lost')).toBe(lost);
      expect(shop.sandbox.refunds.list()).toHaveLength(made);
      expect(await reconciled()).not.toContain(`${lost} missing_here false ${stray}`);
      expect(await shop.app.get(RefundTracker).get('lost')).toMatchObject({ state: 'succeeded' });
      expect((await refundRows()).map(({ reference }) => reference)).toEqual([
        'in-flight',
        'lost',
        'settled',
      ]);
    });

    it('makes no second one either where a person has the first one already', async () => {
      await reconciled();
      const made = shop.sandbox.refunds.list().length;
      await shop.refund(known, 'lost').catch(() => undefined);
      expect(shop.sandbox.refunds.list()).toHaveLength(made);
      const tracker = shop.app.get(RefundTracker);
      const needy = await tracker.needingAttention(5);
      const strays = needy.filter(({ requestId }) => requestId.startsWith('stray:'));
      expect(strays.map(({ refundId }) => refundId).toSorted()).toEqual([lost, ofLost].toSorted());
      // The one that asked again stands beside it, for the same person.
      expect(needy).toHaveLength(3);
      expect(await tracker.get('lost')).toMatchObject({ reason: 'ambiguous', refundId: null });
      expect((await refundRows()).map(({ reference }) => reference)).not.toContain('lost');
    });
  });
}
