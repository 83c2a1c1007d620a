import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentTracker, WebhookInbox } from 'nestjs-glomopay';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ShopDatabase } from '../src/database/shop-database.js';
import { cards } from './support/checkouts.js';
import { cardTraces } from './support/card-traces.js';
import { type RunningShop, startShop, sweepsOnDemand } from './support/running-shop.js';
import { until } from './support/until.js';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const hasChromium = existsSync(executablePath);
const title = hasChromium
  ? 'the checkout in Chromium'
  : `the checkout in Chromium: SKIPPED, because there is no ${executablePath} (set CHROMIUM_PATH)`;

if (!hasChromium) {
  // Jest names a skipped suite only in a verbose run.
  process.stderr.write(`${title}\n`);
}

const TOKEN = 'operators-only-0123456';

/** Answers on the page of the bank. */
function bank(tab: Page, decision: 'approve' | 'decline' | 'abandon' | 'error'): Promise<void> {
  return tab.locator(`button[value=${decision}]`).click();
}

function heading(tab: Page): Promise<string | null> {
  return tab.getByRole('heading', { level: 1 }).textContent();
}

(hasChromium ? describe : describe.skip)(title, () => {
  let browser: Browser;
  let shop: RunningShop;
  let context: BrowserContext;
  let page: Page;
  /** What the shop's own pages asked for, and what they complained about. */
  let requests: { from: string; to: string }[];
  let complaints: string[];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });

  afterAll(async () => {
    await browser.close();
  });

  async function open(viewport: { width: number; height: number }): Promise<void> {
    context = await browser.newContext({ viewport });
    context.on('page', watch);
    page = await context.newPage();
    await page.goto(shop.url);
  }

  function watch(opened: Page): void {
    opened.on('request', (request) => {
      requests.push({ from: new URL(request.frame().url() || shop.url).origin, to: request.url() });
    });
    opened.on('console', (message) => {
      if (opened.url().startsWith(shop.url) && message.type() === 'error') {
        complaints.push(message.text());
      }
    });
    opened.on('pageerror', (error) => complaints.push(error.message));
  }

  beforeEach(async () => {
    requests = [];
    complaints = [];
    shop = await startShop({ ...sweepsOnDemand, OPERATIONS_TOKEN: TOKEN });
    await open({ width: 1280, height: 900 });
  });

  afterEach(async () => {
    await context.close();
    await shop.close();
  });

  async function fillCard(number: string): Promise<void> {
    await page.getByLabel('Name on card').fill('Asha Rao');
    await page.getByLabel('Card number').fill(number);
    await page.getByLabel('Expiry month').fill('12');
    await page.getByLabel('Expiry year').fill('2030');
    await page.getByLabel('Security code').fill('8317');
  }

  async function payAndReachTheBank(number: string = cards.paidAfterCheck): Promise<void> {
    await fillCard(number);
    await page.getByRole('button', { name: /^Pay/ }).click();
    await page.waitForURL(`${shop.sandbox.url}/3ds**`);
  }

  it('pays in the same tab and lands on a clean address', async () => {
    await page.getByRole('radio', { name: /Tasting box/ }).check();
    await page.getByLabel('Currency').selectOption('GBP');
    expect(await page.getByRole('button', { name: /^Pay/ }).textContent()).toMatch(/Pay\s+£25\.50/);
    await payAndReachTheBank();
    await bank(page, 'approve');
    await page.waitForURL(`${shop.url}/payment/success**`);
    expect(await heading(page)).toBe('Payment successful');
    expect(await page.textContent('main')).toContain('£25.50');
    expect(new URL(page.url()).search).toMatch(/^\?ref=[\w-]{22}$/);
    expect(await page.evaluate('document.referrer')).toBe('');
    expect(shop.sandbox.orders.list()).toMatchObject([{ amount: 2550, currency: 'GBP' }]);
  });

  it('leads from 127.0.0.1 to its public address, where the session is', async () => {
    await page.goto(shop.url.replace('localhost', '127.0.0.1'));
    expect(page.url()).toBe(`${shop.url}/`);
  });

  it('says that the bank declined, and offers another try', async () => {
    await payAndReachTheBank();
    await bank(page, 'decline');
    await page.waitForURL(`${shop.url}/payment/failed**`);
    expect(await heading(page)).toBe('Payment not completed');
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.waitForURL(`${shop.url}/`);
    expect(await page.getByLabel('Card number').inputValue()).toBe('');
  });

  it('says declined for a card the bank refuses although the buyer approves', async () => {
    await payAndReachTheBank(cards.declinedAfterCheck);
    await bank(page, 'approve');
    await page.waitForURL(`${shop.url}/payment/failed**`);
  });

  it('keeps an abandoned payment pending, and leads back to it', async () => {
    await payAndReachTheBank();
    await bank(page, 'abandon');
    await page.goto(shop.url);
    expect(await page.textContent('.banner')).toContain('You have a payment in progress');
    await page.getByRole('link', { name: 'See its status' }).click();
    await page.waitForURL(`${shop.url}/payments/**`);
    expect(await heading(page)).toBe('Waiting for your bank');
    expect(await page.textContent('main')).toContain('not confirmed yet');
  });

  it('shows the live status without a reload when the answer comes late', async () => {
    await payAndReachTheBank();
    await bank(page, 'abandon');
    await page.goto(shop.url);
    await page.getByRole('link', { name: 'See its status' }).click();
    await page.waitForURL(`${shop.url}/payments/**`);
    const [payment] = shop.sandbox.payments.list();
    shop.sandbox.completePayment(payment?.id ?? '', 'approve');
    await page.waitForURL(`${shop.url}/payment/success**`);
  });

  it('has the outcome by webhook alone when the buyer closes the tab at the bank', async () => {
    shop.hearWebhooks();
    await payAndReachTheBank();
    await page.close();
    const [payment] = shop.sandbox.payments.list();
    shop.sandbox.completePayment(payment?.id ?? '', 'approve');
    // Nobody looks, no browser comes back and no round of the sweeper begins.
    await until(async () => (await shop.data.purchases()).length === 1);
    await until(async () => (await shop.data.paymentEvents()).length === 2);
    page = await context.newPage();
    const [row] = await shop.data.purchases();
    await page.goto(`${shop.url}/payments/${row?.reference}`);
    expect(await heading(page)).toBe('Payment successful');
    const messages = page.getByRole('region', { name: 'Messages from the gateway' });
    expect(await messages.getByRole('listitem').allTextContents()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/Webhook payment\.success received \d\d:\d\d:\d\d UTC/),
        expect.stringMatching(/Webhook orders\.paid received/),
      ]),
    );
  });

  it('shows the messages of the gateway as they come, as text', async () => {
    shop.hearWebhooks();
    await payAndReachTheBank();
    await bank(page, 'abandon');
    await page.goto(shop.url);
    await page.getByRole('link', { name: 'See its status' }).click();
    await page.getByText('None yet.').waitFor();
    const [payment] = shop.sandbox.payments.list();
    for (const type of ['under_review', 'action_required']) {
      shop.sandbox.webhooks.emit('payment', type, payment ?? {});
    }
    const list = page.getByRole('log', { name: 'Messages from the gateway' });
    await list.getByRole('listitem').nth(1).waitFor();
    expect(await list.textContent()).toMatch(/Webhook payment\.under_review received/);
    expect(await page.getByText('None yet.').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await page.reload();
    expect(await list.getByRole('listitem').count()).toBe(2);
  });

  it('has an operator handle a parked event again', async () => {
    await shop.app.get(WebhookInbox).receive(...shop.signed('[]'));
    await until(async () => (await shop.app.get(WebhookInbox).counts()).failed === 1);
    await context.close();
    context = await browser.newContext({ httpCredentials: { username: 'ops', password: TOKEN } });
    page = await context.newPage();
    await page.goto(`${shop.url}/operations`);
    await page.getByRole('button', { name: /Handle again: Unreadable event/ }).click();
    await page.getByText('The event is being handled again').waitFor();
  });

  it('has an operator open a payment that nobody could tell of, and close it', async () => {
    await payAndReachTheBank();
    const [payment] = shop.sandbox.payments.list();
    const tracker = shop.app.get(PaymentTracker);
    const store = shop.app.get(ShopDatabase).trackingStore();
    const record = await store.findByObject('default', payment?.id ?? '');
    if (record === undefined) throw new Error('The payment is not tracked');
    await store.settle(record, {
      decide: () => ({ state: 'needs_attention', reason: 'no_outcome' }),
      effect: async () => undefined,
      nextCheckMs: 0,
    });
    await store.close();
    await context.close();
    context = await browser.newContext({ httpCredentials: { username: 'asha', password: TOKEN } });
    page = await context.newPage();
    await page.goto(`${shop.url}/operations`);
    await page.getByRole('link', { name: /^Payment of/ }).click();
    await page.getByRole('radio', { name: 'It failed' }).check();
    await page.getByLabel('Why').fill('the bank knows nothing of it');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('It is closed.').waitFor();
    const lines = page.getByRole('region', { name: 'What became of it' }).getByRole('listitem');
    expect(await lines.last().textContent()).toMatch(
      /failed.*by person asha.*the bank knows nothing of it/s,
    );
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
    expect(await shop.data.purchases()).toMatchObject([{ outcome: 'failed' }]);
  });

  it('shows an error page for an unsigned return and links to the open payment', async () => {
    await payAndReachTheBank();
    await bank(page, 'error');
    await page.waitForURL(`${shop.url}/payment/error`);
    expect(await page.textContent('main')).toMatch(/not\s+confirmed\s+and\s+still\s+pending/);
    await page.getByRole('link', { name: 'See its status' }).click();
    await page.waitForURL(`${shop.url}/payments/**`);
    expect(await heading(page)).toBe('Waiting for your bank');
  });

  it('shows an error page for a return with one changed byte', async () => {
    await payAndReachTheBank();
    const [payment] = shop.sandbox.payments.list();
    const genuine = shop.sandbox.completePayment(payment?.id ?? '', 'approve');
    await page.goto(genuine.slice(0, -1) + (genuine.endsWith('0') ? '1' : '0'));
    expect(page.url()).toBe(`${shop.url}/payment/error`);
    await page.goto(genuine);
    expect(new URL(page.url()).pathname).toBe('/payment/success');
  });

  it('pays in a new tab that cannot reach back, while the first tab follows', async () => {
    await page.getByRole('radio', { name: 'in a new tab' }).check();
    await fillCard(cards.paidAfterCheck);
    await page.getByRole('button', { name: /^Pay/ }).click();
    const link = page.getByRole('link', { name: 'Continue to your bank' });
    await link.waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('continue-title');
    const [tab] = await Promise.all([context.waitForEvent('page'), link.click()]);
    await tab.waitForURL(`${shop.sandbox.url}/3ds**`);
    expect(await tab.evaluate('window.opener')).toBeNull();
    await page.waitForURL(`${shop.url}/payments/**`);
    expect(await heading(page)).toBe('Waiting for your bank');
    await bank(tab, 'approve');
    await tab.waitForURL(`${shop.url}/payment/success**`);
    await page.waitForURL(`${shop.url}/payment/success**`);
    expect(await heading(page)).toBe('Payment successful');
  });

  it('can be used with the keyboard alone', async () => {
    const { keyboard } = page;
    const focused = () => page.evaluate('document.activeElement.id || document.activeElement.name');
    const tabTo = async (target: string) => {
      for (let step = 0; step < 40 && (await focused()) !== target; step += 1) {
        await keyboard.press('Tab');
      }
      expect(await focused()).toBe(target);
    };
    await tabTo('product');
    await keyboard.press('ArrowDown');
    await tabTo('currency');
    for (const [field, text] of [
      ['holderName', 'Asha Rao'],
      ['number', cards.paidAfterCheck],
      ['expiryMonth', '12'],
      ['expiryYear', '2030'],
      ['cvv', '123'],
    ] as const) {
      await tabTo(field);
      await keyboard.type(text);
    }
    await tabTo('pay');
    await keyboard.press('Enter');
    await page.waitForURL(`${shop.sandbox.url}/3ds**`);
    for (let step = 0; step < 10; step += 1) {
      await keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.value')) === 'approve') {
        break;
      }
    }
    await keyboard.press('Enter');
    await page.waitForURL(`${shop.url}/payment/success**`);
    expect(shop.sandbox.orders.list()).toMatchObject([{ amount: 3200, currency: 'USD' }]);
  });

  it('shows what is wrong beside each field and moves the focus to the list', async () => {
    await fillCard('4532 4422');
    await page.getByLabel('Expiry month').fill('13');
    await page.getByLabel('Security code').fill('');
    await page.getByRole('button', { name: /^Pay/ }).click();
    expect(await page.textContent('#number-error')).toBe('The card number has 12 to 19 digits.');
    expect(await page.textContent('#expiryMonth-error')).toBe('A month from 01 to 12.');
    expect(await page.textContent('#cvv-error')).toBe('Enter the security code.');
    expect(await page.isVisible('#expiryYear-error')).toBe(false);
    expect(await page.getAttribute('#number', 'aria-invalid')).toBe('true');
    expect(await page.evaluate('document.activeElement.id')).toBe('summary');
    await page.getByRole('link', { name: /^Card number/ }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('number');
    await page.keyboard.press('Tab');
    await page.getByLabel('Card number').fill(cards.paidAfterCheck);
    await page.keyboard.press('Tab');
    expect(await page.isVisible('#number-error')).toBe(false);
    expect(shop.sandbox.orders.list()).toEqual([]);
  });

  it('shows a card the gateway refuses beside the card number, and clears the code', async () => {
    await fillCard('4000000000000002');
    await page.getByRole('button', { name: /^Pay/ }).click();
    await page.locator('#number-error').waitFor();
    expect(await page.textContent('#number-error')).toContain('Nothing was charged');
    expect(await page.getByLabel('Security code').inputValue()).toBe('');
  });

  it('does not say "try again" when the answer of the bank is lost', async () => {
    shop.sandbox.faults.next('POST /api/v1/payments', 'drop-after-commit');
    await fillCard(cards.paidAfterCheck);
    await page.getByRole('button', { name: /^Pay/ }).click();
    await page.waitForURL(`${shop.url}/payments/**`);
    const text = await page.textContent('main');
    expect(text).toMatch(/do not pay a second time/);
    expect(text).not.toMatch(/try again/i);
  });

  it('fills in a test card by one click', async () => {
    await page.getByRole('button', { name: /4532 4422 2222 2222/ }).click();
    await page.getByRole('button', { name: /^Pay/ }).click();
    await page.waitForURL(`${shop.sandbox.url}/3ds**`);
  });

  it('leaves no card in storage, address, history or the form', async () => {
    await payAndReachTheBank();
    await bank(page, 'approve');
    await page.waitForURL(`${shop.url}/payment/success**`);
    const kept = async () =>
      JSON.stringify([
        await page.evaluate('({ ...localStorage })'),
        await page.evaluate('({ ...sessionStorage })'),
        await page.evaluate('history.state'),
        await page.evaluate('location.href'),
        await page.evaluate('[...document.querySelectorAll("input")].map((input) => input.value)'),
      ]);
    const all = [await kept()];
    while ((await page.goBack({ waitUntil: 'load' }).catch(() => null)) !== null) {
      all.push(await kept());
      if (all.length > 6) {
        break;
      }
    }
    expect(all.length).toBeGreaterThan(1);
    expect(cardTraces(all.join('\n'))).toEqual([]);
    expect(cardTraces(requests.map(({ to }) => to).join('\n'))).toEqual([]);
    expect(cardTraces(JSON.stringify(await context.storageState()))).toEqual([]);
  });

  it('asks no other origin and breaks no policy of its own', async () => {
    await payAndReachTheBank();
    await bank(page, 'abandon');
    await page.goto(shop.url);
    await page.getByRole('link', { name: 'See its status' }).click();
    await page.waitForURL(`${shop.url}/payments/**`);
    await page.goto(`${shop.url}/payment/error`);
    const strangers = requests.filter(
      ({ to }) => !to.startsWith(`${shop.url}/`) && !to.startsWith(`${shop.sandbox.url}/3ds`),
    );
    expect(strangers).toEqual([]);
    expect(requests.length).toBeGreaterThan(8);
    expect(complaints).toEqual([]);
  });

  it('does not run a script that was changed on the way', async () => {
    await page.route('**/assets/checkout.js**', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()}\nwindow.evil = true;` });
    });
    await page.reload();
    expect(await page.evaluate('window.evil')).toBeUndefined();
    expect(await page.getByRole('button', { name: /^Pay/ }).isDisabled()).toBe(true);
  });

  it.each([320, 390, 768, 1280])('fits a screen of %d pixels', async (width) => {
    await context.close();
    await open({ width, height: 844 });
    const overflow = () =>
      page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(await overflow()).toBe(0);
    await page.getByRole('button', { name: /^Pay/ }).click();
    expect(await overflow()).toBe(0);
    await fillCard(cards.paidAfterCheck);
    await page.getByRole('button', { name: /^Pay/ }).click();
    await page.waitForURL(`${shop.sandbox.url}/3ds**`);
    await bank(page, 'approve');
    await page.waitForURL(`${shop.url}/payment/success**`);
    expect(await overflow()).toBe(0);
  });
});
