import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PackedLibrary, packLibrary } from './packed-library.js';

/** An ESM host that runs a plugin which was written in CommonJS. */
const HOST = `
  import 'reflect-metadata';
  import { createRequire } from 'node:module';
  import { createHmac } from 'node:crypto';
  import { Controller, Get, Inject, Module, UseFilters, UseGuards } from '@nestjs/common';
  import { NestFactory } from '@nestjs/core';
  import * as esm from 'nestjs-glomopay';
  const cjs = createRequire(import.meta.url)('nestjs-glomopay');
  const key = 'secret-alpha-1f0c2e';
  const options = { secretKey: key, baseUrl: 'http://127.0.0.1:9' };
  const thrown = async (call) => { try { return await call(); } catch (error) { return error; } };
`;

describe('An application that loads both builds of nestjs-glomopay', () => {
  let packed: PackedLibrary;
  const run = async (script: string): Promise<string[]> =>
    (await packed.node(HOST + script)).split('\n');
  beforeAll(async () => {
    packed = await packLibrary();
  }, 120_000);
  afterAll(() => packed.remove());

  it('agrees on the tokens of services, by account', async () => {
    const printed = await run(`
      for (const account of ['default', 'emea']) {
        console.log(esm.getGlomopayToken(esm.OrdersService, account) === cjs.getGlomopayToken(cjs.OrdersService, account));
      }
      console.log(esm.OrdersService === cjs.OrdersService);
    `);
    expect(printed).toEqual(['true', 'true', 'false']);
  });

  it('agrees on errors: isGlomopayError, instanceof, and every class between', async () => {
    const printed = await run(`
      for (const [here, there] of [[esm, cjs], [cjs, esm]]) {
        const error = new here.GlomopayServerError({ call: 'GET /', status: 500 });
        console.log([
          there.isGlomopayError(error),
          error instanceof there.GlomopayError,
          error instanceof there.GlomopayApiError,
          error instanceof there.GlomopayServerError,
          error instanceof there.GlomopayRateLimitError,
          new there.GlomopayApiError({ call: 'GET /', status: 400 }) instanceof here.GlomopayServerError,
        ].join());
      }
    `);
    expect(printed).toEqual(Array(2).fill('true,true,true,true,false,false'));
  });

  it("injects the host's services into the plugin by the name of the account", async () => {
    const printed = await run(`
      class Plugin { constructor(orders) { this.orders = orders; } }
      cjs.InjectGlomopay('default', cjs.OrdersService)(Plugin, undefined, 0);
      class ByClass { constructor(orders) { this.orders = orders; } }
      Inject(cjs.OrdersService)(ByClass, undefined, 0);
      const boot = (provider) => {
        class App {}
        Module({ imports: [esm.GlomopayModule.forRoot(options)], providers: [provider] })(App);
        return NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
      };
      const app = await boot(Plugin);
      console.log(app.get(Plugin).orders === app.get(esm.OrdersService));
      await app.close();
      console.log((await thrown(() => boot(ByClass))).constructor.name);
    `);
    expect(printed).toEqual(['true', 'UnknownDependenciesException']);
  });

  it("guards the plugin's routes with the host's keys, whichever decorator reads the callback", async () => {
    const printed = await run(`
      const apply = (target, method, decorators, parameter) => {
        const descriptor = Object.getOwnPropertyDescriptor(target.prototype, method);
        for (const decorator of decorators) decorator(target.prototype, method, descriptor);
        parameter(target.prototype, method, 0);
      };
      class Returns { one(callback) { return callback.status; } two(callback) { return callback.status; } }
      apply(Returns, 'one', [Get('one'), UseGuards(cjs.CallbackSignatureGuard), UseFilters(new esm.CallbackRedirectFilter('/lost'))], esm.VerifiedCallback());
      apply(Returns, 'two', [Get('two'), UseGuards(esm.CallbackSignatureGuard), UseFilters(new cjs.CallbackRedirectFilter('/lost'))], cjs.VerifiedCallback());
      Controller()(Returns);
      class App {}
      Module({ imports: [esm.GlomopayModule.forRoot(options)], controllers: [Returns] })(App);
      const app = await NestFactory.create(App, { logger: false });
      await app.listen(0, '127.0.0.1');
      const signature = createHmac('sha256', key).update('order_a|payt_b|success').digest('hex');
      for (const route of ['one', 'two']) {
        for (const status of ['success', 'failed']) {
          const query = new URLSearchParams({ order_id: 'order_a', payment_id: 'payt_b', status, signature });
          const answer = await fetch(await app.getUrl() + '/' + route + '?' + query, { redirect: 'manual' });
          console.log(answer.status, answer.headers.get('location') ?? await answer.text());
        }
      }
      await app.close();
    `);
    expect(printed).toEqual(['200 success', '303 /lost', '200 success', '303 /lost']);
  });

  it("runs the plugin's tracking on the host's account", async () => {
    const printed = await run(`
      class App {}
      Module({ imports: [
        esm.GlomopayModule.forRoot(options),
        cjs.GlomopayTrackingModule.forRoot({ store: new esm.MemoryTrackingStore(), sweep: { everyMs: 60_000 } }),
      ] })(App);
      const app = await thrown(() => NestFactory.createApplicationContext(App, { logger: false, abortOnError: false }));
      console.log(app instanceof Error ? app.message : typeof app.get(cjs.PaymentTracker).pay);
      await app.close?.();
    `);
    expect(printed).toEqual(['function']);
  });

  it('takes no card of the other build, sends nothing and shows nothing of it', async () => {
    const printed = await run(`
      const { inspect } = await import('node:util');
      const app = await NestFactory.createApplicationContext(esm.GlomopayModule.forRoot(options), { logger: false });
      const card = Object.assign(new cjs.CardDto(), {
        holderName: 'A B', number: '4242424242424242', expiryMonth: '12', expiryYear: '2030', cvv: '987',
      });
      const fields = { holderName: card.holderName, number: card.number, expiryMonth: card.expiryMonth, expiryYear: card.expiryYear, cvv: card.cvv };
      for (const foreign of [card, fields]) {
        const error = await thrown(() => app.get(esm.PaymentsService).create({ orderId: 'order_a', card: foreign }));
        const text = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + error.message;
        console.log(error.code, /4242424242424242|987/.test(text), error.violations.map(({ path, rule }) => \`\${path} \${rule}\`).join());
      }
      await app.close();
    `);
    const members = ['holderName', 'number', 'expiryMonth', 'expiryYear', 'cvv'];
    expect(printed).toEqual([
      'GLOMOPAY_VALIDATION false card isOfThisCopy',
      `GLOMOPAY_VALIDATION false ${members.map((name) => `card.${name} isOfThisCopy`).join()}`,
    ]);
  });
});
