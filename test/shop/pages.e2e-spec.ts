import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPurchase, type StartedPurchase } from '../support/checkouts.js';
import { type RunningShop, startShop } from '../support/running-shop.js';
import type { Visitor } from '../support/visitor.js';

describe('the pages', () => {
  let shop: RunningShop;
  let visitor: Visitor;
  let purchase: StartedPurchase;

  beforeAll(async () => {
    shop = await startShop();
    visitor = await shop.visitor();
    purchase = await startPurchase(shop, visitor);
  });

  afterAll(async () => {
    await shop.close();
  });

  const paths = () => [
    '/',
    purchase.statusUrl,
    `${purchase.statusUrl}/state`,
    `/payment/success?ref=${purchase.reference}`,
    `/payment/pending?ref=${purchase.reference}`,
    '/payment/error',
    '/payment/callback',
    '/health',
    '/nothing-here',
    '/assets/nothing.js',
  ];

  it('carry the security headers, errors and redirects too', async () => {
    for (const path of paths()) {
      const { headers } = await visitor.get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('permissions-policy')).toContain('payment=()');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('strict-transport-security')).toBeNull();
    }
  });

  it.each([
    ['/', 'checkout.js'],
    ['status', 'status.js'],
  ])('%s runs exactly its own script, by its hash', async (page, script) => {
    const response = await visitor.get(page === 'status' ? purchase.statusUrl : page);
    const bytes = await readFile(new URL(`../../public/${script}`, import.meta.url));
    const hash = `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
    expect(response.headers.get('content-security-policy')).toContain(`script-src '${hash}'`);
    const scripts = (await response.text()).match(/<script[\s\S]*?<\/script>/g) ?? [];
    expect(scripts).toHaveLength(1);
    expect(scripts[0]).toContain(`integrity="${hash}"`);
    expect(scripts[0]).toMatch(/><\/script>$/);
    const [, address = ''] = /src="([^"]+)"/.exec(scripts[0] ?? '') ?? [];
    const served = await visitor.get(address);
    expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true);
    expect(served.headers.get('cache-control')).toContain('immutable');
  });

  it('load nothing from elsewhere and have no inline style or handler', async () => {
    for (const path of ['/', purchase.statusUrl, '/payment/error', '/nothing-here']) {
      const page = await visitor.read(path);
      const addresses = [...page.matchAll(/(?:src|href|action)="([^"]*)"/g)].map(([, url]) => url);
      expect(addresses.filter((address) => !/^[/#](?!\/)/.test(address ?? ''))).toEqual([]);
      expect(page).not.toMatch(/\sstyle=|\son[a-z]+=|<style/);
    }
  });

  it('serve only the listed files of public/', async () => {
    for (const name of ['SCRIPTS.md', '..%2Fpackage.json', '%2e%2e/package.json', '%FF']) {
      const response = await visitor.get(`/assets/${name}`);
      expect([400, 404]).toContain(response.status);
      expect(await response.text()).not.toContain('nestjs');
    }
  });

  it('do not exist without a known reference, and say nothing about it', async () => {
    for (const path of [
      '/payment/success',
      '/payment/success?ref=xyz<b>',
      '/payment/failed?ref=',
    ]) {
      const response = await visitor.get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('xyz');
    }
  });

  it('keep a strict policy at / although /docs has its own', async () => {
    const docs = await visitor.get('/docs');
    expect(docs.status).toBe(200);
    expect(docs.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(docs.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    for (const path of ['/docsx', '/assets/docs', '/?/docs']) {
      const { headers } = await visitor.get(path);
      expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
    }
  });

  it('document the checkout with write-only card fields', async () => {
    const document: unknown = await (await visitor.get('/docs-json')).json();
    expect(JSON.stringify(document)).not.toContain('4532491111111111');
    expect(document).toMatchObject({
      paths: { '/checkout': { post: expect.anything() } },
      components: {
        schemas: {
          CardDto: {
            properties: {
              number: { writeOnly: true, format: 'password' },
              cvv: { writeOnly: true, format: 'password' },
              holderName: { writeOnly: true },
            },
          },
        },
      },
    });
  });

  it('tell a monitor which gateway is used without calling it', async () => {
    const calls = shop.sandbox.requests.list().length;
    expect(await visitor.json('/health')).toEqual({ status: 'ok', gateway: 'sandbox' });
    expect(shop.sandbox.requests.list()).toHaveLength(calls);
  });
});

describe('the pages of a shop on https', () => {
  it('ask for https from now on and mark the cookie Secure', async () => {
    const shop = await startShop({ PUBLIC_URL: 'https://shop.example' });
    const response = await fetch(shop.url);
    expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-shop_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    await shop.close();
  });
});

describe('the test cards', () => {
  it('are not offered with a production key', async () => {
    const { GlomopaySandbox } = await import('glomopay-sandbox');
    const gateway = await GlomopaySandbox.start({ environment: 'production' });
    const shop = await startShop({
      GLOMOPAY_SECRET_KEY: gateway.secretKey,
      GLOMOPAY_BASE_URL: gateway.url,
    });
    const visitor = await shop.visitor();
    const page = await visitor.read('/');
    expect(page).toContain('Card number');
    expect(page).not.toMatch(/test cards|test mode/i);
    expect(await visitor.json('/health')).toMatchObject({ gateway: 'production' });
    await shop.close();
    await gateway.stop();
  });
});
