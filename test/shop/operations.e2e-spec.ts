import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentTracker, WebhookInbox } from 'nestjs-glomopay';
import { ShopDatabase } from '../../src/database/shop-database.js';
import { startPurchase } from '../support/checkouts.js';
import { type RunningShop, startShop, sweepsOnDemand } from '../support/running-shop.js';
import { shopDatabases } from '../support/shop-data.js';
import { until } from '../support/until.js';
import type { Visitor } from '../support/visitor.js';

const TOKEN = 'operators-only-0123:456';
const withPassword = (password: string) => ({
  authorization: `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`,
});
const login = withPassword(TOKEN);

for (const [name, open] of shopDatabases) {
  describe(`the operations page on ${name}`, () => {
    let shop: RunningShop;
    let visitor: Visitor;

    beforeEach(async () => {
      shop = await startShop({ ...sweepsOnDemand, OPERATIONS_TOKEN: TOKEN }, open());
      visitor = await shop.visitor();
    });

    afterEach(async () => {
      await shop.close();
    });

    const page = async () =>
      (await (await visitor.get('/operations', login)).text()).replaceAll(/\s+/g, ' ');
    const inbox = () => shop.app.get(WebhookInbox);

    /** Has a genuine event stored, and then parked as if its handler had failed its last try. */
    async function park(error: string): Promise<string> {
      const store = shop.app.get(ShopDatabase).trackingStore();
      for (let nonce = 0; ; nonce += 1) {
        const body = {
          entity_type: 'payment',
          event_type: 'success',
          data: { id: 'payt_1', nonce },
        };
        const { id } = await inbox().receive(...shop.signed(JSON.stringify(body)));
        const claim = await store.inbox.claim({ account: 'default', id }, 60_000);
        // The shop itself may have been faster with this one.
        if (claim !== undefined) {
          const failed = {
            handler: 'PaymentEventRecorder.record',
            state: 'failed',
            tries: 12,
            error,
          } as const;
          await store.inbox.conclude(claim, {
            type: 'payment.success',
            objectId: 'payt_1',
            state: 'failed',
            reason: null,
            nextTryMs: 0,
            handlers: [failed],
          });
          await store.close();
          return id;
        }
      }
    }

    it('lets nobody in without the password, and says how to come in', async () => {
      await park('the disk is full');
      for (const headers of [
        {},
        withPassword('wrong'),
        withPassword(''),
        { authorization: `Bearer ${TOKEN}` },
        { authorization: 'Basic' },
      ]) {
        const response = await visitor.get('/operations', headers);
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
        expect(await response.text()).not.toMatch(/payt_1|disk|operators-only/);
      }
    });

    it('is not stored anywhere, and leads to the refunds of the shop', async () => {
      const response = await visitor.get('/operations', login);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toContain('no-store');
      expect(await response.text()).toContain('href="/operations/refunds"');
    });

    it('keeps an address waiting after a few wrong passwords, with the right one too', async () => {
      for (let times = 0; times < 5; times += 1) {
        expect((await visitor.get('/operations', withPassword(`guess ${times}`))).status).toBe(401);
      }
      const response = await visitor.get('/operations', login);
      expect(response.status).toBe(429);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    });

    it('counts a visit without a password as no guess', async () => {
      for (let times = 0; times < 10; times += 1) {
        await visitor.get('/operations');
      }
      expect((await visitor.get('/operations', login)).status).toBe(200);
    });

    const api = (path: string, body: object, headers: Record<string, string> = {}) =>
      visitor.post(`/operations/api/${path}`, body, { ...login, ...headers });
    const replay = (id: string, headers = {}) =>
      api('event/replay', { account: 'default', id }, headers);

    it('shows a parked event as text, and has it handled again on demand', async () => {
      const id = await park('Error: <img src=x onerror=alert(1)> is full');
      expect(await page()).toContain('&lt;img src=x onerror=alert(1)&gt; is full');
      expect(await page()).toMatch(/PaymentEventRecorder\.record.*12 tries/);
      const before = await shop.data.paymentEvents();
      expect(await (await replay(id)).json()).toEqual({ replayed: true });
      await until(async () => (await inbox().find(id))?.state === 'handled');
      expect(await shop.data.paymentEvents()).toHaveLength(before.length + 1);
      expect(await page()).toContain('No event is parked');
      expect(await (await replay(id)).json()).toEqual({ replayed: false });
      expect(await shop.data.paymentEvents()).toHaveLength(before.length + 1);
    });

    it('shows an event that nobody can read', async () => {
      await inbox().receive(...shop.signed('[]'));
      await until(async () => (await inbox().counts()).failed === 1);
      expect(await page()).toMatch(/Unreadable event.*not a JSON object/);
    });

    it.each([
      ['another site', { origin: 'https://evil.example' }, 403],
      ['an opaque origin', { origin: 'null' }, 403],
      ['another site that names our origin', { 'sec-fetch-site': 'cross-site' }, 403],
      ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
      ['nobody with the password', { authorization: '' }, 401],
    ])('handles nothing again for %s', async (_, headers, status) => {
      const id = await park('the disk is full');
      expect((await replay(id, headers)).status).toBe(status);
      expect(await inbox().find(id)).toMatchObject({ state: 'failed' });
    });

    /** A purchase whose payment the sweeper has given up. */
    async function givenUp(): Promise<{ reference: string; paymentId: string; requestId: string }> {
      const { reference, paymentId } = await startPurchase(shop, visitor);
      const requestId = `payment-${reference}`;
      const store = shop.app.get(ShopDatabase).trackingStore();
      await store.settle(
        { account: 'default', kind: 'payment', requestId },
        {
          decide: () => ({ state: 'needs_attention', reason: 'no_outcome' }),
          effect: async () => undefined,
          nextCheckMs: 0,
          witness: { kind: 'sweep', id: null },
        },
      );
      await store.close();
      return { reference, paymentId, requestId };
    }

    const close = (requestId: string, as: string, note: string, headers = {}) =>
      api(
        'movement/resolve',
        { account: 'default', kind: 'payment', requestId, as, note },
        headers,
      );
    const shown = async (address: string) =>
      (await (await visitor.get(address, login)).text()).replaceAll(/\s+/g, ' ');
    const viewOf = (requestId: string) =>
      `/operations?account=default&view=movement&kind=payment&requestId=${requestId}`;

    it('shows payments that need attention, with what to do', async () => {
      expect(await page()).toContain('No payment, refund or collection needs a person');
      const { reference, paymentId, requestId } = await givenUp();
      const overview = await page();
      expect(overview).toMatch(/14\.50 USD.*ask its support/);
      expect(overview).toContain(reference);
      const view = await shown(viewOf(requestId));
      expect(view).toContain(paymentId);
      expect(view).toMatch(/<strong>created<.*by request.*needs attention<.*no_outcome.*by sweep/);
    });

    it('has an operator close a payment by hand, and the purchase follows', async () => {
      const { reference, requestId } = await givenUp();
      expect((await close(requestId, 'succeeded', 'the bank <confirmed> it')).status).toBe(200);
      const view = await shown(viewOf(requestId));
      expect(view).toMatch(/It succeeded.*By.*anybody.*the bank &lt;confirmed&gt; it/);
      expect(view).not.toContain('<form data-api');
      expect(await shop.data.purchases()).toMatchObject([{ reference, outcome: 'succeeded' }]);
      const again = await close(requestId, 'failed', 'no');
      expect([again.status, await again.json()]).toMatchObject([409, { fault: 'resolved' }]);
      expect(await shop.data.purchases()).toHaveLength(1);
    });

    it.each([
      ['acknowledged', /We have looked into this payment/, 'closed'],
      ['refunded', /Your money went back/, 'returned'],
    ])('tells the buyer of a payment that was closed as %s', async (as, words, status) => {
      const { reference, requestId } = await givenUp();
      const buyers = `/payment/error?ref=${reference}`;
      expect(await shown(buyers)).toContain('We are checking this payment');
      expect((await close(requestId, as, 'called the bank')).status).toBe(200);
      expect(await shown(buyers)).toMatch(words);
      expect(await shown(buyers)).not.toContain('called the bank');
      const state = await visitor.get(`/payments/${reference}/state`);
      expect(await state.json()).toMatchObject({ status });
      expect(await shop.data.purchases()).toEqual([]);
    });

    it('closes nothing for nobody: a user name is needed here', async () => {
      const { requestId } = await givenUp();
      const nameless = `Basic ${Buffer.from(`:${TOKEN}`).toString('base64')}`;
      const answer = await close(requestId, 'refunded', 'why', { authorization: nameless });
      expect([answer.status, await answer.json()]).toMatchObject([
        403,
        { code: 'GLOMOPAY_OPERATIONS_NO_ACTOR' },
      ]);
      expect(await shop.app.get(PaymentTracker).counts()).toMatchObject({ needsAttention: 1 });
    });

    it('compares the books, and brings an outcome that nobody has told of', async () => {
      const started = await startPurchase(shop, visitor);
      shop.sandbox.completePayment(started.paymentId, 'approve');
      expect(await shop.data.purchases()).toEqual([]);
      const from = new Date(Date.now() - 86_400_000).toISOString();
      const answer = await api('reconciliation', { account: 'default', from, repair: true });
      const lines = (await answer.text()).trimEnd().split('\n');
      expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
        type: 'end',
        report: { state: 'ended' },
      });
      expect(await page()).toContain('1 compared, 1 differ, 1 of them mended.');
      expect(await shop.data.purchases()).toMatchObject([
        { outcome: 'succeeded', paymentId: started.paymentId },
      ]);
    });
  });
}

describe('without a token', () => {
  it('there is no operations page', async () => {
    const shop = await startShop();
    const visitor = await shop.visitor();
    for (const headers of [{}, withPassword(''), withPassword('undefined')]) {
      for (const path of ['/operations', '/operations/refunds', '/operations/api/accounts']) {
        expect((await visitor.get(path, headers)).status).toBe(404);
      }
      const wish = { account: 'default', id: 'a'.repeat(64) };
      expect((await visitor.post('/operations/api/event/replay', wish, headers)).status).toBe(404);
    }
    await shop.close();
  });
});
