import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answerAtBank, startPurchase, type StartedPurchase } from '../support/checkouts.js';
import { type RunningShop, startShop, sweepsOnDemand } from '../support/running-shop.js';
import { shopDatabases } from '../support/shop-data.js';
import { Visitor } from '../support/visitor.js';

const TOKEN = 'operators-only-0123:456';
const AMOUNTS = ['4.50', '5.00', '', '10.00'];

for (const [name, open] of shopDatabases) {
  describe(`operators who refund one purchase at the same time, on ${name},`, () => {
    let shop: RunningShop;
    let purchase: StartedPurchase;
    let operators: readonly Visitor[];

    beforeEach(async () => {
      shop = await startShop({ ...sweepsOnDemand, OPERATIONS_TOKEN: TOKEN }, open());
      const buyer = await shop.visitor();
      purchase = await startPurchase(shop, buyer);
      await buyer.get(answerAtBank(shop, purchase, 'approve'));
      const { url } = await shop.second({ OPERATIONS_TOKEN: TOKEN });
      operators = [new Visitor(shop.url), new Visitor(url)];
    });

    afterEach(async () => {
      await shop.close();
    });

    const press = async (at: number, number: number): Promise<string> => {
      const amount = AMOUNTS[at % AMOUNTS.length] ?? '';
      const form = { number: String(number), amount, reason: 'Others' };
      const response = await operators[at % operators.length]?.post(
        `/operations/purchases/${purchase.reference}/refunds`,
        new URLSearchParams(form).toString(),
        {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from(`anybody:${TOKEN}`).toString('base64')}`,
          origin: shop.url,
        },
      );
      return response?.headers.get('location')?.split('=')[1] ?? '';
    };
    const page = async (): Promise<string> => {
      const authorization = `Basic ${Buffer.from(`anybody:${TOKEN}`).toString('base64')}`;
      const response = await operators[0]?.get('/operations/refunds', { authorization });
      return (await response?.text())?.replaceAll(/\s+/g, ' ') ?? '';
    };

    it('make one refund of each number, and give back no more than was paid', async () => {
      for (let round = 1; round <= 3; round += 1) {
        const answers = await Promise.all(
          Array.from({ length: 12 }, (_, at) => press(at, round - 1 + (at % 3))),
        );
        expect(answers).toContain('in_progress');
        const [newest] = shop.sandbox.refunds.list();
        if (round === 2) shop.sandbox.completeRefund(newest?.id ?? '', 'decline');
      }
      const made = shop.sandbox.refunds.list().toReversed();
      const going = made.filter(({ status }) => status !== 'failed');
      const sum = going.reduce((total, { balance_used }) => total + balance_used.amount, 0);
      expect(sum).toBeLessThanOrEqual(1450);
      const shown = await page();
      expect(shown.match(/Refund \d/g)).toEqual(made.map((_, index) => `Refund ${index + 1}`));
      for (const { balance_used } of made) {
        expect(shown).toContain(`$${(balance_used.amount / 100).toFixed(2)}, `);
      }
    });
  });
}
