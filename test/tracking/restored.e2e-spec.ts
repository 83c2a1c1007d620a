import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  PaymentTracker,
  Reconciliation,
  type ReconciliationFinding,
  type ReconciliationOptions,
} from 'nestjs-glomopay';
import { expectNoSecrets } from 'nestjs-glomopay/testing';
import { restorableDatabases } from './restorable-database.js';
import { RestoredShop } from './restored-shop.js';
import { aPaymentOf } from './tracked-shop.js';

const ends: Readonly<Record<string, string>> = { success: 'succeeded', failed: 'failed' };

for (const [name, open] of restorableDatabases) {
  describe(`a database on ${name} that was set back`, () => {
    let shop: RestoredShop;
    const from = new Date(Date.now() - 3_600_000);

    beforeEach(async () => {
      shop = await RestoredShop.open(await open());
      const known = await shop.order();
      const refused = await shop.order();
      const inFlight = await shop.order();
      const unused = await shop.order();
      await shop.end(await shop.pay(known), 'approve');
      await shop.end(await shop.pay(refused), 'decline');
      const pending = await shop.pay(inFlight);
      const still = await shop.pay(unused);
      await shop.database.dump();
      await shop.end(pending, 'approve');
      await shop.end(await shop.pay(refused, 2), 'approve');
      for (const decision of ['approve', 'decline', 'approve'] as const) {
        await shop.end(await shop.pay(await shop.order()), decision);
      }
      await shop.pay(await shop.order());
      // Nobody hears of these two.
      shop.sandbox.completePayment(still, 'decline');
      shop.sandbox.completePayment(await shop.pay(await shop.order()), 'approve');
      await shop.setBack();
      await shop.payments();
    });

    afterEach(() => shop.close());

    async function reconciled(options: Partial<ReconciliationOptions> = {}) {
      const run = shop.app.get(Reconciliation).reconcile({ from, ...options });
      const findings: ReconciliationFinding[] = [];
      for await (const finding of run) findings.push(finding);
      return { findings, summary: run.summary };
    }

    /** What differs, by the gateway's payments and the records, each looked at. */
    async function differences(): Promise<Readonly<Record<string, string>>> {
      const records = await shop.records();
      const found = (await shop.payments()).flatMap(({ id, status }) => {
        const record = records.find(({ objectId }) => objectId === id);
        if (record === undefined) return [[id, 'missing_here']];
        const end = ends[status] ?? 'attempted';
        return record.state === end ? [] : [[id, 'status']];
      });
      return Object.fromEntries(found);
    }

    const byId = (findings: readonly ReconciliationFinding[]) =>
      Object.fromEntries(findings.map(({ objectId, kind }) => [objectId, kind]));

    it('differs from the gateway in what came since, and nothing is written in a dry run', async () => {
      const expected = await differences();
      const before = await shop.records();
      const { findings, summary } = await reconciled({ repair: false });
      expect(Object.keys(expected)).toHaveLength(8);
      expect(byId(findings)).toEqual(expected);
      expect(findings).toHaveLength(8);
      expect(summary).toEqual({ compared: 10, equal: 2, foreign: 0, findings: 8, repaired: 0 });
      expect(await shop.records()).toEqual(before);
    });

    it('gets every outcome, once, where the host says what it expected', async () => {
      const { findings, summary } = await reconciled({ expectationOf: shop.expectationOf });
      expect(findings.filter(({ repaired }) => !repaired)).toEqual([]);
      expect(summary).toMatchObject({ findings: 8, repaired: 8 });
      expect(await differences()).toEqual({});
      const truth = await shop.payments();
      const outcomes = truth
        .filter(({ status }) => status in ends)
        .map(({ payin_id: order, request_id, status }) => ({
          reference: `${order}/${request_id.at(-1)}`,
          outcome: ends[status],
        }));
      const rows = await shop.database.rows();
      const sorted = (list: readonly object[]) => list.map((row) => JSON.stringify(row)).toSorted();
      expect(sorted(rows)).toEqual(sorted(outcomes));
      expect(await shop.records()).toHaveLength(truth.length);

      const again = await reconciled({ expectationOf: shop.expectationOf });
      expect(again).toEqual({
        findings: [],
        summary: { compared: 10, equal: 10, foreign: 0, findings: 0, repaired: 0 },
      });
      expect(await shop.database.rows()).toEqual(rows);
      const card = { number: '4111111111111111', holderName: 'Asha Rao' };
      expectNoSecrets({ findings, log: shop.log }, { ...card, key: shop.sandbox.secretKey });
    });

    it('knows a repeat of a payment that it has taken in again', async () => {
      await reconciled({ expectationOf: shop.expectationOf });
      const adopted = (await shop.payments()).find(({ status }) => status === 'success');
      const requestId = String(adopted?.request_id);
      const expected = shop.paper
        .get(String(adopted?.payin_id))
        ?.find((one) => one.requestId === requestId);
      const { payment, replayed } = await shop.app
        .get(PaymentTracker)
        .pay(
          aPaymentOf(String(adopted?.payin_id), { requestId }),
          expected ?? { amount: 0, currency: '' },
        );
      expect([replayed, payment.paymentId]).toEqual([true, adopted?.id]);
    });

    it('without a word of the host mends what it knows, and reports the rest each time', async () => {
      const expected = await differences();
      const { findings } = await reconciled();
      expect(byId(findings)).toEqual(expected);
      const left = findings.filter(({ repaired }) => !repaired);
      expect(left.map(({ kind }) => kind)).toEqual(left.map(() => 'missing_here'));
      expect(left).toHaveLength(6);
      // The second attempt at an order whose first one is known has taken money.
      expect(left.filter(({ reason }) => reason === 'unexpected_success')).toHaveLength(1);
      expect((await shop.app.get(PaymentTracker).counts()).needsAttention).toBe(1);
      const again = await reconciled();
      expect(again.summary).toMatchObject({ findings: 6, repaired: 0 });
    });

    it('never takes the amount of the gateway for what was expected', async () => {
      const expectationOf = () => ({ amount: 1, currency: 'USD' });
      const { findings } = await reconciled({ expectationOf });
      const adopted = findings.filter(({ kind }) => kind === 'missing_here');
      expect(new Set(adopted.map(({ state }) => state))).toEqual(
        new Set(['mismatch', 'attempted']),
      );
      const rows = await shop.database.rows();
      expect(rows.filter(({ reference }) => reference.startsWith('payt_'))).toEqual([]);
    });

    it('takes no payment in under a requestId that the gateway has not for it', async () => {
      const before = await shop.records();
      const expectationOf = () => ({ amount: 1_000, currency: 'USD', requestId: 'of another' });
      const { findings } = await reconciled({ expectationOf });
      const unknown = findings.filter(({ kind }) => kind === 'missing_here');
      expect(unknown.map(({ state, repaired }) => [state, repaired])).toEqual(
        unknown.map(() => [null, false]),
      );
      expect(await shop.records()).toHaveLength(before.length);
    });

    it.each([
      [{ amount: 0.5, currency: 'USD' }, 'amount'],
      [{ amount: 1, currency: 'usd' }, 'currency'],
      [{ amount: 1, currency: 'USD', requestId: 'stray:payt_1' }, 'requestId'],
      [{ amount: 1, currency: 'USD', requestId: '' }, 'requestId'],
    ])('refuses the expectation %j', async (expected, path) => {
      await expect(reconciled({ expectationOf: () => expected })).rejects.toMatchObject({
        violations: [{ path }],
      });
    });

    it('does not report what the host calls foreign', async () => {
      const { findings, summary } = await reconciled({ expectationOf: () => 'foreign' });
      expect(findings.map(({ kind }) => kind)).toEqual(['status', 'status']);
      expect(summary).toMatchObject({ foreign: 6, findings: 2, repaired: 2 });
    });

    it('leaves an outcome whose handler fails for the next time', async () => {
      shop.failures = 1;
      const first = await reconciled({ expectationOf: shop.expectationOf });
      expect(first.summary).toMatchObject({ findings: 8, repaired: 7 });
      const second = await reconciled({ expectationOf: shop.expectationOf });
      expect(second.summary).toMatchObject({ findings: 1, repaired: 1 });
      expect(await differences()).toEqual({});
      const references = (await shop.database.rows()).map(({ reference }) => reference);
      expect(new Set(references).size).toBe(references.length);
    });

    it('gives every outcome once when two comparisons run at the same time', async () => {
      const options = { expectationOf: shop.expectationOf };
      await Promise.all([reconciled(options), reconciled(options)]);
      expect(await differences()).toEqual({});
      const references = (await shop.database.rows()).map(({ reference }) => reference);
      expect(new Set(references).size).toBe(references.length);
    });
  });
}
