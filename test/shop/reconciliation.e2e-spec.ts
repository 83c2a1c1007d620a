import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startPurchase } from '../support/checkouts.js';
import { type RunningShop, startShop, sweepsOnDemand } from '../support/running-shop.js';
import { until } from '../support/until.js';
import type { Visitor } from '../support/visitor.js';

const TOKEN = 'operators-only-0123:456';
const login = { authorization: `Basic ${Buffer.from(`anybody:${TOKEN}`).toString('base64')}` };

describe('the comparison on the operations page', () => {
  let shop: RunningShop;
  let visitor: Visitor;

  beforeEach(async () => {
    shop = await startShop({ ...sweepsOnDemand, OPERATIONS_TOKEN: TOKEN });
    visitor = await shop.visitor();
  });
  afterEach(() => shop.close());

  const page = async () =>
    (await (await visitor.get('/operations', login)).text()).replaceAll(/\s+/g, ' ');
  const begin = (headers: Record<string, string>) =>
    fetch(`${shop.url}/operations/reconciliations`, {
      method: 'POST',
      headers,
      redirect: 'manual',
    });

  it('is begun by an operator only, from the page only', async () => {
    expect((await begin({ origin: shop.url })).status).toBe(401);
    expect((await begin({ ...login, origin: 'https://evil.example' })).status).toBe(403);
    expect((await begin(login)).status).toBe(403);
    expect(await page()).toContain('There was none since the shop was started');
  });

  it('finds an outcome that nobody has told of', async () => {
    const started = await startPurchase(shop, visitor);
    shop.sandbox.completePayment(started.paymentId, 'approve');
    expect(await shop.data.purchases()).toEqual([]);
    const answer = await begin({ ...login, origin: shop.url });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/operations#reconciliation-title',
    ]);
    await until(async () => (await page()).includes('The comparison has ended'));
    expect(await page()).toContain('1 compared, 1 differ, 1 of them mended.');
    expect(await shop.data.purchases()).toMatchObject([
      { outcome: 'succeeded', paymentId: started.paymentId },
    ]);
  });
});
