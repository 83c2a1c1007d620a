import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { TestClient } from '../../test/client.js';
import { GlomopaySandbox } from '../sandbox.js';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-quic', '--disable-background-networking'];

// Named when skipped, so that a run without a browser says so.
const inBrowser = existsSync(executablePath) ? describe : describe.skip;

inBrowser('the 3DS page in Chromium', () => {
  let browser: Browser;
  let client: TestClient;
  let shop: Server;
  let shopPort = 0;
  const messages: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args });
    client = new TestClient(await GlomopaySandbox.start());
    shop = await startShop();
    const address = shop.address();
    shopPort = typeof address === 'object' ? (address?.port ?? 0) : 0;
  });

  afterAll(async () => {
    await browser.close();
    await client.sandbox.stop();
    shop.closeAllConnections();
    shop.close();
  });

  const openPage = async (width = 1280): Promise<{ page: Page; paymentId: string }> => {
    const callback_url = `http://localhost:${shopPort}/callback?cart=7`;
    const payment = await client.payment({ callback_url });
    const page = await browser.newPage({ viewport: { width, height: 844 } });
    page.on('console', (message) => messages.push(message.text()));
    await page.goto(payment.page);
    return { page, paymentId: payment.paymentId };
  };

  it.each([
    ['approve', 'success'],
    ['decline', 'failed'],
  ])(
    '%s reaches the shop on another origin, which sends the buyer on to a third',
    async (decision, status) => {
      const { page, paymentId } = await openPage();
      await page.click(`button[value=${decision}]`);
      await page.waitForURL(`http://127.0.0.1:${shopPort}/done**`);
      const query = new URL(page.url()).searchParams;
      expect(query.get('cart')).toBe('7');
      expect(query.get('payment_id')).toBe(paymentId);
      expect(query.get('status')).toBe(status);
      expect(await page.textContent('body')).toBe('referrer: none');
      await page.close();
    },
  );

  it('can be answered with the keyboard alone', async () => {
    const { page, paymentId } = await openPage();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/done**');
    expect(client.sandbox.payments.get(paymentId)?.status).toBe('success');
    await page.close();
  });

  it('can be abandoned, gone back to and approved after all', async () => {
    const { page, paymentId } = await openPage();
    await page.click('button[value=abandon]');
    await page.waitForSelector('text=The shop has heard nothing');
    await page.goBack();
    await page.click('button[value=approve]');
    await page.waitForURL('**/done**');
    expect(client.sandbox.payments.get(paymentId)?.status).toBe('success');
    await page.close();
  });

  it.each([320, 390, 1280])('does not scroll sideways at %d pixels', async (width) => {
    const { page } = await openPage(width);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBe(0);
    await page.goto(client.sandbox.url);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await page.close();
  });

  it('applies its own stylesheet and breaks no content security policy', async () => {
    const { page } = await openPage();
    const script = `getComputedStyle(document.querySelector('button.primary')).backgroundColor`;
    expect(await page.evaluate(script)).toBe('rgb(11, 93, 90)');
    expect(messages).toEqual([]);
    await page.close();
  });
});

/** A shop whose callback answers with a redirect to its front end on another origin. */
async function startShop(): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://shop');
    const port = request.socket.localPort;
    if (pathname === '/callback') {
      response.writeHead(303, { location: `http://127.0.0.1:${port}/done${search}` }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      `<link rel="icon" href="data:,"><body>referrer: ${request.headers.referer ?? 'none'}`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}
