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

    /** A purchase whose payment the sweeper has given up. */
    async function givenUp(): Promise<{ reference: string; paymentId: string; address: string }> {
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
      return { reference, paymentId, address: `/operations/movements/payment/${requestId}` };
    }

    const form = { ...login, 'content-type': 'application/x-www-form-urlencoded' };
    const close = (address: string, fields: Record<string, string>, headers = {}) =>
      visitor.post(`${address}/resolution`, new URLSearchParams(fields).toString(), {
        ...form,
        ...headers,
      });
    const shown = async (address: string) =>
      (await (await visitor.get(address, login)).text()).replaceAll(/\s+/g, ' ');
    const answered = async (response: Response) => {
      expect(response.status).toBe(303);
      return shown(response.headers.get('location') ?? '');
    };

    it('shows payments that need attention, with what to do', async () => {
      expect(await page()).toContain('No payment and no refund needs attention');
      const { reference, paymentId, address } = await givenUp();
      expect(await shop.app.get(PaymentTracker).counts()).toMatchObject({ needsAttention: 1 });
      const overview = await page();
      expect(overview).toMatch(/\$14\.50.*ask its support/);
      expect(overview).toContain(paymentId);
      expect(overview).toContain(reference);
      expect(overview).toContain(`href="${address}"`);
      expect(await shown(address)).toMatch(
        /<li>created · by request <time.*<li>needs_attention, no_outcome · .*by sweep <time/,
      );
    });

    it('has an operator close a payment by hand, and the purchase follows', async () => {
      const { reference, address } = await givenUp();
      const text = await answered(
        await close(address, { as: 'succeeded', note: ' the bank <confirmed> it ' }),
      );
      expect(text).toContain('It is closed.');
      expect(text).toMatch(/Closed as.*succeeded.*By.*anybody.*the bank &lt;confirmed&gt; it</);
      expect(text).toMatch(/succeeded · .*by person anybody · the bank &lt;confirmed&gt; it <time/);
      expect(text).not.toContain('<form');
      expect(await shop.data.purchases()).toMatchObject([{ reference, outcome: 'succeeded' }]);
      expect(await page()).toContain('No payment and no refund needs attention');
      const again = await answered(await close(address, { as: 'failed', note: 'no' }));
      expect(again).toMatch(/Somebody was faster.*Closed as.*succeeded/);
      expect(await shop.data.purchases()).toHaveLength(1);
    });

    it.each([
      ['acknowledged', /We have looked into this payment/, 'closed'],
      ['refunded', /Your money went back/, 'returned'],
    ])('tells the buyer of a payment that was closed as %s', async (as, words, status) => {
      const { reference, address } = await givenUp();
      const buyers = `/payment/error?ref=${reference}`;
      expect(await shown(buyers)).toContain('We are checking this payment');
      await answered(await close(address, { as, note: 'called the bank' }));
      expect(await shown(buyers)).toMatch(words);
      expect(await shown(buyers)).not.toContain('called the bank');
      const state = await visitor.get(`/payments/${reference}/state`);
      expect(await state.json()).toMatchObject({ status });
      expect(await shop.data.purchases()).toEqual([]);
    });

    it.each([
      [
        'a card number',
        { as: 'refunded', note: 'card 4111 1111 1111 1111' },
        /without a card number/,
      ],
      ['no way', { as: '', note: 'why' }, /choose how to close it/],
      ['no note', { as: 'refunded' }, /choose how to close it/],
      ['an empty note', { as: 'refunded', note: '  ' }, /say why/],
      ['another field', { as: 'refunded', note: 'why', by: 'root' }, /choose how to close it/],
    ])('closes nothing for a form with %s', async (_, fields, notice) => {
      const { address } = await givenUp();
      const text = await answered(await close(address, fields));
      expect(text).toMatch(notice);
      expect(text).toContain('<form');
      expect(text).not.toContain('4111');
    });

    it('closes nothing for nobody: a user name is needed here', async () => {
      const { address } = await givenUp();
      const nameless = `Basic ${Buffer.from(`:${TOKEN}`).toString('base64')}`;
      const response = await close(
        address,
        { as: 'refunded', note: 'why' },
        { authorization: nameless },
      );
      expect(await answered(response)).toContain('log in under a proper one');
    });

    it('closes nothing for another site, and nothing without the password', async () => {
      const { address } = await givenUp();
      const fields = { as: 'refunded', note: 'why' };
      for (const [headers, status] of [
        [{ origin: 'https://evil.example' }, 403],
        [{ 'sec-fetch-site': 'cross-site' }, 403],
        [{ authorization: '' }, 401],
        [{ 'content-type': 'text/plain' }, 415],
      ] as const) {
        expect((await close(address, fields, headers)).status).toBe(status);
      }
      expect((await visitor.get(address)).status).toBe(401);
      expect(await shop.app.get(PaymentTracker).counts()).toMatchObject({ needsAttention: 1 });
    });

    it.each(['payment/nobody', 'payout/nobody', 'payment/%00'])(
      'knows no movement %s',
      async (key) => {
        const address = `/operations/movements/${key}`;
        expect((await visitor.get(address, login)).status).toBe(404);
        expect((await close(address, { as: 'refunded', note: 'why' })).status).toBe(404);
      },
    );
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
