import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answerAtBank, startPurchase, type StartedPurchase } from '../support/checkouts.js';
import { readEvents } from '../support/events.js';
import { type RunningShop, startShop, sweepsOnDemand } from '../support/running-shop.js';
import { shopDatabases } from '../support/shop-data.js';
import { until } from '../support/until.js';
import { Visitor } from '../support/visitor.js';

const TOKEN = 'operators-only-0123:456';
const login = { authorization: `Basic ${Buffer.from(`anybody:${TOKEN}`).toString('base64')}` };
const ROUTE = 'POST /api/v1/refunds';

for (const [name, open] of shopDatabases) {
  describe(`a refund from the page of paid purchases on ${name}`, () => {
    let shop: RunningShop;
    let buyer: Visitor;
    let purchase: StartedPurchase;

    beforeEach(async () => {
      shop = await startShop({ ...sweepsOnDemand, OPERATIONS_TOKEN: TOKEN }, open());
      buyer = await shop.visitor();
      purchase = await startPurchase(shop, buyer);
      await buyer.get(answerAtBank(shop, purchase, 'approve'));
    });

    afterEach(async () => {
      await shop.close();
    });

    const operations = async () => text(await buyer.get('/operations/refunds', login));
    const buyersPage = () => buyer.read(purchase.statusUrl);
    const newest = () => shop.sandbox.refunds.list()[0]?.id ?? '';

    /** What a form of the page sends. */
    async function press(
      fields: Record<string, string> = {},
      { headers = {}, at = buyer, reference = purchase.reference }: Press = {},
    ): Promise<Response> {
      const form = { number: '1', amount: '', reason: 'Requested By Customer', ...fields };
      return at.post(
        `/operations/purchases/${reference}/refunds`,
        new URLSearchParams(form).toString(),
        { 'content-type': 'application/x-www-form-urlencoded', ...login, ...headers },
      );
    }

    const pressed = async (fields: Record<string, string> = {}, more: Press = {}) => {
      const response = await press(fields, more);
      expect(response.status).toBe(303);
      return response.headers.get('location');
    };

    it('gives all of it back, and the buyer follows it by webhook', async () => {
      shop.hearWebhooks();
      expect(await operations()).toMatch(/Paid purchases.*\$14\.50, House blend.*Amount in USD/);
      expect(await pressed()).toBe('/operations/refunds?refund=in_progress');
      expect(shop.sandbox.refunds.list()).toMatchObject([
        {
          payment_id: purchase.paymentId,
          partial_refund: false,
          reason: 'Requested By Customer',
        },
      ]);
      expect(await operations()).toMatch(/Refund 1<\/dt> <dd>\$14\.50, in progress/);
      expect(await buyersPage()).toMatch(/Refund in progress.*\$14\.50, in progress/);
      shop.sandbox.completeRefund(newest(), 'approve');
      await until(async () => (await operations()).includes('$14.50, refunded'));
      const page = await buyer.read(`/payment/success?ref=${purchase.reference}`);
      expect(page).toMatch(/<h1[^>]*>Refunded<.*\$14\.50, refunded.*Webhook refund\.success/);
      expect(await operations()).not.toContain('Amount in USD');
    });

    it('gives parts back, as long as something is left', async () => {
      expect(await pressed({ amount: '4.50' })).toBe('/operations/refunds?refund=in_progress');
      expect(shop.sandbox.refunds.list()).toMatchObject([
        { partial_refund: true, balance_used: { amount: 450, currency: 'USD' } },
      ]);
      expect(await operations()).toContain('<dd>$10.00</dd>');
      expect(await pressed({ number: '2', amount: '10.01' })).toBe(
        '/operations/refunds?refund=too_much',
      );
      expect(await pressed({ number: '2', amount: '10.00', reason: 'Others' })).toBe(
        '/operations/refunds?refund=in_progress',
      );
      expect(await pressed({ number: '3', amount: '0.01' })).toBe(
        '/operations/refunds?refund=too_much',
      );
      expect(shop.sandbox.refunds.list()).toHaveLength(2);
      for (const { id } of shop.sandbox.refunds.list()) {
        shop.sandbox.completeRefund(id, 'approve');
      }
      expect(await buyersPage()).toMatch(/>Refunded<.*\$14\.50 went back/);
    });

    it.each(['4.50', ''])(
      'is one, however often and from wherever its button is pressed: %j',
      async (amount) => {
        const second = await shop.second({ OPERATIONS_TOKEN: TOKEN });
        const elsewhere = new Visitor(second.url);
        const origin = { headers: { origin: shop.url } };
        const answers = await Promise.all([
          pressed({ amount }),
          pressed({ amount }),
          pressed({ amount }, { at: elsewhere, ...origin }),
          pressed({ amount }, { at: elsewhere, ...origin }),
        ]);
        expect(new Set(answers)).toEqual(new Set(['/operations/refunds?refund=in_progress']));
        expect(await pressed({ amount })).toBe('/operations/refunds?refund=in_progress');
        expect(shop.sandbox.refunds.list()).toHaveLength(1);
      },
    );

    it('of another amount under the same button is none: the page was an old one', async () => {
      await pressed({ amount: '4.50' });
      expect(await pressed({ amount: '5.00' })).toBe('/operations/refunds?refund=outdated');
      expect(await pressed({ number: '3', amount: '5.00' })).toBe(
        '/operations/refunds?refund=outdated',
      );
      expect(shop.sandbox.refunds.list()).toHaveLength(1);
    });

    it('is one when its answer and every look after it get lost, and is asked for again', async () => {
      shop.sandbox.faults.next(ROUTE, 'drop-after-commit');
      const list = 'GET /api/v1/refunds';
      // The first list is that of the question whether the payment can be refunded.
      shop.sandbox.faults.next(list, 'latency', { latencyMs: 0 });
      for (let times = 0; times < 40; times += 1) {
        shop.sandbox.faults.next(ROUTE, 'server-error');
        shop.sandbox.faults.next(list, 'server-error');
      }
      expect(await pressed()).toBe('/operations/refunds?refund=asked');
      expect(shop.sandbox.refunds.list()).toHaveLength(1);
      shop.sandbox.faults.clear();
      expect(await pressed({ amount: '14.50' })).toBe('/operations/refunds?refund=in_progress');
      expect(shop.sandbox.refunds.list()).toHaveLength(1);
    });

    it('is not begun while the gateway cannot be asked about the payment', async () => {
      for (let times = 0; times < 40; times += 1) {
        shop.sandbox.faults.next('GET /api/v1/payments/{id}', 'server-error');
      }
      expect(await pressed()).toBe('/operations/refunds?refund=unasked');
      shop.sandbox.faults.clear();
      expect(await pressed()).toBe('/operations/refunds?refund=in_progress');
    });

    it('that the gateway cannot be asked for waits to be asked again, and no other is begun', async () => {
      for (let times = 0; times < 12; times += 1) {
        shop.sandbox.faults.next(ROUTE, 'server-error');
      }
      expect(await pressed({ amount: '4.50' })).toBe('/operations/refunds?refund=asked');
      const page = await operations();
      expect(page).toMatch(/\$4\.50, asked for.*Ask again/);
      expect(page).not.toContain('Amount in USD');
      expect(await buyersPage()).toContain('Refund in progress');
      expect(await pressed({ number: '2', amount: '4.50' })).toBe(
        '/operations/refunds?refund=outdated',
      );
      shop.sandbox.faults.clear();
      expect(await pressed({ amount: '4.50' })).toBe('/operations/refunds?refund=in_progress');
      expect(shop.sandbox.refunds.list()).toHaveLength(1);
    });

    it('that fails is told to the buyer, and another one can be asked for', async () => {
      await pressed();
      shop.sandbox.completeRefund(newest(), 'decline');
      expect(await buyersPage()).toMatch(/Refund failed.*\$14\.50, failed/);
      expect(await pressed({ number: '2' })).toBe('/operations/refunds?refund=in_progress');
      shop.sandbox.completeRefund(newest(), 'approve');
      expect(await buyersPage()).toMatch(/>Refunded<.*\$14\.50, failed.*\$14\.50, refunded/);
    });

    it('that fails at once is said so', async () => {
      shop.sandbox.faults.next(ROUTE, 'refund-fails-at-create');
      expect(await pressed()).toBe('/operations/refunds?refund=failed');
      expect(await operations()).toContain('$14.50, failed');
    });

    it('that the gateway refuses is shown to the operator with its words, and to nobody else', async () => {
      shop.sandbox.account.partialRefunds = false;
      expect(await pressed({ amount: '4.50' })).toBe('/operations/refunds?refund=refused');
      expect(await operations()).toMatch(/refused by the gateway.*not enabled for this business/);
      expect(await buyersPage()).toContain('Payment successful');
      expect(await pressed({ number: '2' })).toBe('/operations/refunds?refund=in_progress');
    });

    it('of a payment that was refunded elsewhere is not asked for', async () => {
      const key = { authorization: `Bearer ${shop.sandbox.secretKey}` };
      await fetch(`${shop.sandbox.url}/api/v1/refunds`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...key },
        body: JSON.stringify({ payment_id: purchase.paymentId, reason: 'Others' }),
      });
      expect(await pressed()).toBe('/operations/refunds?refund=obstacle');
      expect(shop.log.text).toContain('fully_refunded');
      expect(shop.sandbox.requests.count(ROUTE)).toBe(1);
    });

    it('of the whole is not asked for when a part went back elsewhere', async () => {
      const key = { authorization: `Bearer ${shop.sandbox.secretKey}` };
      await fetch(`${shop.sandbox.url}/api/v1/refunds`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...key },
        body: JSON.stringify({
          payment_id: purchase.paymentId,
          reason: 'Others',
          amount: 450,
        }),
      });
      expect(await pressed()).toBe('/operations/refunds?refund=obstacle');
      expect(shop.sandbox.refunds.list()).toHaveLength(1);
      expect(await buyersPage()).not.toContain('$14.50 went back');
    });

    it('of all that is left is none, when somebody else has had a part refunded first', async () => {
      await pressed({ amount: '4.50' });
      expect(await pressed({ amount: '' })).toBe('/operations/refunds?refund=outdated');
      expect(await pressed({ amount: '4.50' })).toBe('/operations/refunds?refund=in_progress');
      expect(await pressed({ number: '2', amount: '' })).toBe(
        '/operations/refunds?refund=in_progress',
      );
      expect(await pressed({ number: '2', amount: '' })).toBe(
        '/operations/refunds?refund=in_progress',
      );
      expect(shop.sandbox.refunds.list()).toHaveLength(2);
    });

    it('of a purchase that was not paid is none', async () => {
      const unpaid = await startPurchase(shop, buyer);
      expect(await pressed({}, { reference: unpaid.reference })).toBe(
        '/operations/refunds?refund=not_paid',
      );
      expect(shop.sandbox.refunds.list()).toEqual([]);
    });

    it.each([
      [{ amount: '4,50' }],
      [{ amount: '-1' }],
      [{ amount: '1.505' }],
      [{ amount: '1e3' }],
      [{ reason: 'because' }],
      [{ number: '0' }],
      [{ number: '1.0' }],
      [{ number: '9999' }],
      [{ payment_id: 'payt_1' }],
    ])('is not read from %j', async (fields: Record<string, string>) => {
      expect(await pressed(fields)).toBe('/operations/refunds?refund=unreadable');
      expect(shop.sandbox.refunds.list()).toEqual([]);
    });

    it.each([
      ['without the password', { authorization: 'Basic eDp5' }, 401],
      ['from another site', { origin: 'https://evil.example' }, 403],
      ['from another site that names our origin', { 'sec-fetch-site': 'cross-site' }, 403],
      ['as JSON', { 'content-type': 'application/json' }, 400],
      ['as a text', { 'content-type': 'text/plain' }, 415],
    ])('is not begun %s', async (_, headers: Record<string, string>, status) => {
      expect((await press({}, { headers })).status).toBe(status);
      expect(shop.sandbox.refunds.list()).toEqual([]);
    });

    it.each([
      ['two amounts', 'number=1&reason=Others&amount=1&amount=2', 400],
      ['more than a form', `number=1&reason=Others&amount=${'1'.repeat(5000)}`, 413],
    ])('is not begun by %s', async (_, body, status) => {
      const response = await buyer.post(
        `/operations/purchases/${purchase.reference}/refunds`,
        body,
        { 'content-type': 'application/x-www-form-urlencoded', ...login },
      );
      expect(response.status).toBe(status);
      expect(shop.sandbox.refunds.list()).toEqual([]);
    });

    it('is of a purchase of this shop', async () => {
      expect((await press({}, { reference: 'x'.repeat(22) })).status).toBe(404);
    });

    it('shows only known words of its address as a notice', async () => {
      const page = await buyer.get('/operations/refunds?refund=<b>refunded</b>', login);
      expect(await page.text()).not.toContain('<b>refunded');
      expect(await text(await buyer.get('/operations/refunds?refund=refunded', login))).toContain(
        'The money is back.',
      );
    });

    it('is followed by the page of the buyer while it is open, and is nobody else’s business', async () => {
      await pressed({ amount: '4.50' });
      const events = readEvents(await buyer.get(`${purchase.statusUrl}/events`));
      const first = (await events.next()).value;
      expect(first).toMatchObject({ status: 'succeeded', title: 'Refund in progress' });
      expect(first).not.toHaveProperty('resultUrl');
      shop.hearWebhooks();
      shop.sandbox.completeRefund(newest(), 'approve');
      for (let said = first; ; said = (await events.next()).value) {
        if ('resultUrl' in Object(said)) {
          expect(said).toMatchObject({ title: 'Refunded in part' });
          break;
        }
      }
      expect((await events.next()).done).toBe(true);
      const stranger = await new Visitor(shop.url).read(
        `/payment/success?ref=${purchase.reference}`,
      );
      expect(stranger).not.toMatch(/\$|[Rr]efund/);
    });
  });
}

interface Press {
  readonly headers?: Record<string, string>;
  readonly at?: Visitor;
  readonly reference?: string;
}

/** As a browser sees it: any run of blanks is one. */
async function text(response: Response): Promise<string> {
  return (await response.text()).replaceAll(/\s+/g, ' ');
}
