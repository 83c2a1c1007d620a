import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentTracker, WebhookInbox } from 'nestjs-glomopay';
import { ShopDatabase } from '../../src/database/shop-database.js';
import { startPurchase } from '../support/checkouts.js';
import { type RunningShop, startShop, sweepsOnDemand } from '../support/running-shop.js';
import { postgresData, postgresFault, sqliteData } from '../support/shop-data.js';
import { until } from '../support/until.js';
import type { Visitor } from '../support/visitor.js';

const TOKEN = 'operators-only-0123:456';
const withPassword = (password: string) => ({
  authorization: `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`,
});
const login = withPassword(TOKEN);

const noPostgres = await postgresFault();
const variants = [
  ['SQLite', sqliteData, undefined],
  ['Postgres', postgresData, noPostgres],
] as const;

for (const [place, open, fault] of variants) {
  const name = fault === undefined ? place : `${place}: SKIPPED, ${fault}`;
  if (fault !== undefined) {
    // Jest names a skipped suite only in a verbose run.
    process.stderr.write(`operations on ${name}\n`);
  }
  (fault === undefined ? describe : describe.skip)(`the operations page on ${name}`, () => {
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

    it('is not stored anywhere and runs no script', async () => {
      const { status, headers } = await visitor.get('/operations', login);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("script-src 'none'");
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

    it('shows a parked event as text, and has it handled again on demand', async () => {
      const id = await park('Error: <img src=x onerror=alert(1)> is full');
      expect(await page()).toContain('&lt;img src=x onerror=alert(1)&gt; is full');
      expect(await page()).toMatch(/PaymentEventRecorder\.record.*12 tries/);
      const before = await shop.data.paymentEvents();
      const replay = `/operations/events/${id}/replay`;
      const response = await visitor.post(replay, '', login);
      expect(response.status).toBe(303);
      expect(response.headers.get('location')).toBe('/operations?replay=begun');
      await until(async () => (await inbox().find(id))?.state === 'handled');
      expect(await shop.data.paymentEvents()).toHaveLength(before.length + 1);
      expect(await page()).toContain('No event is parked');
      const again = await visitor.post(replay, '', login);
      expect(again.headers.get('location')).toBe('/operations?replay=none');
      expect(await shop.data.paymentEvents()).toHaveLength(before.length + 1);
    });

    it('shows an event that nobody can read', async () => {
      await inbox().receive(...shop.signed('[]'));
      await until(async () => (await inbox().counts()).failed === 1);
      expect(await page()).toMatch(/Unreadable event.*not a JSON object/);
    });

    it.each([
      ['another site', { origin: 'https://evil.example' }],
      ['an opaque origin', { origin: 'null' }],
      ['another site that names our origin', { 'sec-fetch-site': 'cross-site' }],
    ])(
      'handles nothing again for %s, although the browser knows the password',
      async (_, headers) => {
        const id = await park('the disk is full');
        const response = await visitor.post(`/operations/events/${id}/replay`, '', {
          ...login,
          ...headers,
        });
        expect(response.status).toBe(403);
        expect(await inbox().find(id)).toMatchObject({ state: 'failed' });
      },
    );

    it('handles nothing again without the password', async () => {
      const id = await park('the disk is full');
      expect((await visitor.post(`/operations/events/${id}/replay`, '')).status).toBe(401);
      expect(await inbox().find(id)).toMatchObject({ state: 'failed' });
    });

    it.each(['..%2f..', 'A'.repeat(64), 'a'.repeat(63)])('knows no event %s', async (id) => {
      expect((await visitor.post(`/operations/events/${id}/replay`, '', login)).status).toBe(404);
    });

    it('shows payments that need attention, with what to do', async () => {
      const { reference, paymentId } = await startPurchase(shop, visitor);
      expect(await page()).toContain('No payment needs attention');
      const store = shop.app.get(ShopDatabase).trackingStore();
      await store.settle(
        { account: 'default', kind: 'payment', requestId: `payment-${reference}` },
        {
          decide: () => ({ state: 'needs_attention', reason: 'no_outcome' }),
          effect: async () => undefined,
          nextCheckMs: 0,
        },
      );
      await store.close();
      expect(await shop.app.get(PaymentTracker).counts()).toMatchObject({ needsAttention: 1 });
      const shown = await page();
      expect(shown).toMatch(/\$14\.50.*ask its support/);
      expect(shown).toContain(paymentId);
      expect(shown).toContain(reference);
    });
  });
}

describe('without a token', () => {
  it('there is no operations page', async () => {
    const shop = await startShop();
    const visitor = await shop.visitor();
    for (const headers of [{}, withPassword(''), withPassword('undefined')]) {
      expect((await visitor.get('/operations', headers)).status).toBe(404);
      const replay = `/operations/events/${'a'.repeat(64)}/replay`;
      expect((await visitor.post(replay, '', headers)).status).toBe(404);
    }
    await shop.close();
  });
});
