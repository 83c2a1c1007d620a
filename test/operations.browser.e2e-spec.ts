import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { platforms } from './support/nest-host.js';
import { until } from './support/until.js';
import { anOperationsHost, type OperationsHost, PASS } from './operations/operations-host.js';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const hasChromium = existsSync(executablePath);
const title = hasChromium
  ? 'the operations in Chromium'
  : `the operations in Chromium: SKIPPED, because there is no ${executablePath} (set CHROMIUM_PATH)`;
if (!hasChromium) {
  // Jest names a skipped suite only in a verbose run.
  process.stderr.write(`${title}\n`);
}
const lost = { state: 'needs_attention', reason: 'no_outcome' } as const;
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];

(hasChromium ? describe : describe.skip)(title, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser.close());

  describe.each(platforms)('on %s, below a prefix', (platform) => {
    let host: OperationsHost;
    let page: Page;
    let complaints: string[];
    let base: string;

    beforeEach(async () => {
      host = await anOperationsHost(platform, {
        accounts: ['emea'],
        operations: { links: [{ text: 'Refunds', href: '/refunds' }] },
        prepare: (app) => void app.setGlobalPrefix('back/office'),
      });
      base = `http://localhost:${host.port}/back/office/operations`;
      const context = await browser.newContext({ extraHTTPHeaders: PASS });
      page = await context.newPage();
      complaints = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
    });
    afterEach(async () => {
      await page.context().close();
      await host.close();
      expect(complaints).toEqual([]);
    });

    it('handles one event again, and all of them', async () => {
      await host.park('payment.success', 'payt_1', 'the disk is full');
      const other = await host.park('after.payment.succeeded', 'payt_2', 'the mail server is down');
      await page.goto(base);
      await page.getByRole('button', { name: 'Handle again: payment.success' }).click();
      await page.getByText('The event is being handled again').waitFor();
      expect(host.heard.events).toBe(1);
      await page.getByLabel('Handle again all of').selectOption('after.payment.succeeded');
      page.once('dialog', (dialog) => void dialog.accept());
      await page.getByRole('button', { name: 'Handle all again' }).click();
      await page.getByText('1 event is being handled again.').waitFor();
      expect(await host.inbox().find(other)).not.toMatchObject({ state: 'failed' });
    });

    it('closes a record, with the keyboard alone, and does nothing when it is asked not to', async () => {
      const { requestId } = await host.put(lost);
      // Fastify has no second spelling of a path, unless the host wants that.
      await page.goto(`${base}${platform === 'express' ? '/' : ''}?account=default`);
      const link = page.getByRole('link', { name: 'Payment of 10.50 USD' });
      await link.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('radio', { name: 'It succeeded' }).focus();
      await page.keyboard.press('Space');
      await page.getByLabel('Why').focus();
      await page.keyboard.type('the bank has confirmed it');
      page.once('dialog', (dialog) => void dialog.dismiss());
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(host.heard.outcomes).toEqual([]);
      page.once('dialog', (dialog) => void dialog.accept());
      await page.getByRole('button', { name: 'Close' }).press('Enter');
      await page.getByText('It is closed.').waitFor();
      expect(host.heard.outcomes).toMatchObject([{ requestId, outcome: 'succeeded' }]);
      const lines = page.getByRole('region', { name: 'What became of it' }).getByRole('listitem');
      expect(await lines.last().textContent()).toMatch(/person asha.*the bank has confirmed it/s);
    });

    it('says why a record was not closed', async () => {
      const { requestId } = await host.put(lost);
      await page.goto(`${base}?view=movement&kind=payment&requestId=${requestId}`);
      await fetch(`${base}/api/movement/resolve`, {
        method: 'POST',
        headers: { ...PASS, 'content-type': 'application/json' },
        body: JSON.stringify({
          account: 'default',
          kind: 'payment',
          requestId,
          as: 'refunded',
          note: 'n',
        }),
      });
      await page.getByRole('radio', { name: 'Seen, and left as it is' }).check();
      await page.getByLabel('Why').fill('card 4111 1111 1111 1111');
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByText('must not hold what looks like a card number').waitFor();
      await page.getByLabel('Why').fill('seen');
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByText('somebody has closed it already').waitFor();
      // The browser names answers of 4xx in its console; nothing else may be there.
      expect(complaints.every((text) => /status of 4(?:09|22)/.test(text))).toBe(true);
      complaints.length = 0;
    });

    it('believes no answer but its own, such as that of a page to log in', async () => {
      const { requestId } = await host.put(lost);
      await host.park('payment.success', 'payt_1', 'x');
      const record = `${base}?view=movement&kind=payment&requestId=${requestId}`;
      const close = async (): Promise<void> => {
        await page.goto(record);
        await page.getByRole('radio', { name: 'Seen, and left as it is' }).check();
        await page.getByLabel('Why').fill('seen');
        await page.getByRole('button', { name: 'Close' }).click();
      };
      const login = { status: 200, contentType: 'text/html', body: '<h1>Log in</h1>' };
      const ways = [
        { status: 302, headers: { location: `${base}?account=default` } },
        login,
        { ...login, status: 401 },
      ];
      for (const way of ways) {
        await page.route(/\/api\//, (route) => route.fulfill(way), { times: 1 });
        await close();
        await page.getByText('Nothing was done; you may have to log in again').waitFor();
      }
      await page.route(/\/api\//, (route) => route.fulfill({ ...login, status: 504 }), {
        times: 1,
      });
      await close();
      await page.getByText('It may have been done all the same').waitFor();
      await page.route(/\/api\//, (route) => route.fulfill(login), { times: 1 });
      await page.goto(base);
      await page.getByRole('button', { name: 'Handle again: payment.success' }).click();
      await page.getByText('you may have to log in again').waitFor();
      await close();
      await page.getByText('It is closed.').waitFor();
      expect(complaints.every((text) => /status of (?:401|504)/.test(text))).toBe(true);
      complaints.length = 0;
    });

    it('compares the books and follows it', async () => {
      await page.goto(base);
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.getByText('The comparison has ended. 0 compared, 0 differ').waitFor();
      await page.reload();
      await page.getByText('The last comparison has ended.').waitFor();
    });

    it('looks up what a person has in hand, in either account', async () => {
      await host.put({ ...lost, objectId: 'payt_77' });
      await page.goto(base);
      await page.getByRole('search').getByRole('searchbox').fill(' payt_77 ');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Payment of 10.50 USD' }).waitFor();
      await page.getByRole('link', { name: 'emea' }).click();
      await page.getByText('No payment, refund or collection needs a person.').waitFor();
      expect(new URL(page.url()).search).toBe('?account=emea');
    });

    it('can be read without a script, and then offers nothing that needs one', async () => {
      await host.put(lost);
      const context = await browser.newContext({
        extraHTTPHeaders: PASS,
        javaScriptEnabled: false,
      });
      const plain = await context.newPage();
      await plain.goto(base);
      await plain.getByRole('link', { name: 'Payment of 10.50 USD' }).click();
      expect(await plain.locator('noscript').isVisible()).toBe(true);
      expect(await plain.getByRole('button', { name: 'Close' }).isDisabled()).toBe(true);
      await context.close();
    });

    it('fits on a telephone, in light and in dark', async () => {
      await host.put(lost, { reference: 'x'.repeat(200) });
      await host.park('payment.success', 'payt_1', 'y'.repeat(300));
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width: 375, height: 800 });
        await page.goto(base);
        const [inside, outside] = await page.evaluate<[number, number]>(
          '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
        );
        expect(inside).toBeLessThanOrEqual(outside);
      }
    });

    it('does nothing for a page of another site, although the browser would log in', async () => {
      const id = await host.park('payment.success', 'payt_1', 'x');
      await page.route('http://evil.localhost/', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<h1>evil</h1>' }),
      );
      await page.goto('http://evil.localhost/');
      const body = JSON.stringify({ account: 'default', id });
      for (const type of ['text/plain', 'application/json']) {
        await page.evaluate(
          `fetch(${JSON.stringify(`${base}/api/event/replay`)}, { method: 'POST', credentials: 'include', headers: { 'content-type': '${type}' }, body: ${JSON.stringify(body)} }).catch(() => undefined)`,
        );
      }
      await until(() => complaints.length > 0);
      complaints.length = 0;
      expect(await host.inbox().find(id)).toMatchObject({ state: 'failed' });
    });
  });
});
