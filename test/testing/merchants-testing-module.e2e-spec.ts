import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  CallbackVerifier,
  CustomersService,
  GlomopayAccounts,
  GlomopayAccountUnknownError,
  GlomopayModule,
  GlomopayOutcomeUnknownError,
  MemoryTrackingStore,
  OnPaymentOutcome,
  type OpenAccount,
  OrdersService,
  PaymentTracker,
  type PaymentOutcome,
  WebhookVerifier,
} from 'nestjs-glomopay';
import {
  GlomopayMerchantsTestingModule,
  type GlomopayMerchantsTestingOptions,
  GlomopayScript,
  GlomopayScripts,
  GlomopayTestClock,
  overrideGateway,
  signCallback,
  signWebhook,
} from 'nestjs-glomopay/testing';
import { CapturedLog } from '../support/captured-log.js';
import { platforms, startNestHost } from '../support/nest-host.js';
import { until } from '../support/until.js';
import { anOrder, aPayment } from '../support/library/requests.js';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

@Injectable()
class Outcomes {
  readonly seen: string[] = [];

  @OnPaymentOutcome()
  record({ account, reference, outcome }: PaymentOutcome): void {
    this.seen.push(`${account} ${reference} ${outcome}`);
  }
}

const tracking = () => ({ store: new MemoryTrackingStore(), sweep: { everyMs: 0 } });

async function initialised(module: TestingModule) {
  module.useLogger(new CapturedLog());
  open.push(await module.init());
  return {
    module,
    accounts: module.get(GlomopayAccounts),
    scripts: module.get(GlomopayScripts, { strict: false }),
  };
}

async function aTest(options?: GlomopayMerchantsTestingOptions) {
  const imports = [GlomopayMerchantsTestingModule.forRoot(options)];
  return initialised(await Test.createTestingModule({ imports, providers: [Outcomes] }).compile());
}

async function paid(account: OpenAccount, script: GlomopayScript, requestId: string) {
  const order = await account.get(OrdersService).create(anOrder());
  const { payment } = await account
    .get(PaymentTracker)
    .pay(aPayment({ orderId: order.id, requestId }), { amount: 1000, currency: 'USD' });
  const { paymentId } = payment;
  if (paymentId === null) throw new Error('The payment has no id');
  const data = script.complete(paymentId, 'approve');
  return { orderId: order.id, paymentId, data };
}

describe('GlomopayMerchantsTestingModule', () => {
  it('gives each merchant a gateway and keys of its own', async () => {
    const { accounts, scripts } = await aTest({ accounts: ['shop-1', 'shop-2'] });
    await accounts.use('shop-1', (account) => account.get(OrdersService).create(anOrder()));
    expect(scripts.of('shop-1').requests).toHaveLength(1);
    expect(scripts.of('shop-2').requests).toEqual([]);
    const said = { orderId: 'order_1', paymentId: 'payt_1', status: 'success' } as const;
    const { query } = signCallback(said, scripts.of('shop-1').secretKey);
    const [own, other] = await Promise.all(
      ['shop-1', 'shop-2'].map((name) => accounts.load(name, CallbackVerifier)),
    );
    expect(own?.verify(query)).toMatchObject({ paymentId: 'payt_1' });
    expect(() => other?.verify(query)).toThrow('signature');
    const event = { type: 'payment.success', data: {} } as const;
    const { body, headers } = signWebhook(event, scripts.of('shop-2').webhookSecret);
    const verifier = await accounts.load('shop-2', WebhookVerifier);
    expect(verifier.verify(body, headers['x-glomopay-signature'])).toMatchObject({
      type: 'payment.success',
    });
    await expect(accounts.load('shop-3', OrdersService)).rejects.toThrow(
      GlomopayAccountUnknownError,
    );
  });

  it('lets one merchant’s answers get lost, and no other’s', async () => {
    const { accounts, scripts } = await aTest({ accounts: ['shop-1', 'shop-2'] });
    scripts.of('shop-1').fail('POST /api/v1/orders', 'drop-after-commit', { times: 9 });
    const create = (name: string) =>
      accounts.use(name, (account) => account.get(OrdersService).create(anOrder()));
    await expect(create('shop-1')).rejects.toThrow(GlomopayOutcomeUnknownError);
    expect(await create('shop-2')).toMatchObject({ amount: 1000 });
    scripts.reset();
    expect(await create('shop-1')).toMatchObject({ amount: 1000 });
  });

  it('has one gateway for all where it is given one script', async () => {
    const script = new GlomopayScript();
    const { accounts, scripts } = await aTest({ accounts: ['shop-1', 'shop-2'], scripts: script });
    for (const name of ['shop-1', 'shop-2']) {
      await accounts.use(name, (account) => account.get(OrdersService).create(anOrder()));
    }
    expect(scripts.of('shop-2')).toBe(script);
    expect(script.requests).toHaveLength(2);
  });

  it('takes a source with options of its own, and merchants that are registered', async () => {
    const find = (name: string) =>
      name === 'shop-1' ? { secretKey: 'own-key-5f0c2e', timeoutMs: 1_000 } : undefined;
    const { accounts, scripts } = await aTest({ accounts: { find } });
    await accounts.register({ name: 'shop-9', secretKey: 'another-key-5f0c2e' });
    for (const name of ['shop-1', 'shop-9']) {
      await accounts.use(name, (account) => account.get(CustomersService).list());
      expect(scripts.of(name).requests).toHaveLength(1);
    }
  });

  it('lets time pass by its clock', async () => {
    const asked: string[] = [];
    const find = (name: string) => {
      asked.push(name);
      return { secretKey: 'own-key-5f0c2e' };
    };
    const { accounts, module } = await aTest({ accounts: { find }, refreshMs: 60_000 });
    const clock = module.get(GlomopayTestClock);
    const load = () => accounts.load('shop-1', OrdersService);
    await load();
    await load();
    expect(asked).toHaveLength(1);
    clock.skip(60_001);
    await load();
    expect(asked).toHaveLength(2);
    expect(() => clock.skip(-1)).toThrow(RangeError);
    expect(() => clock.skip(Number.NaN)).toThrow(RangeError);
  });

  it('refuses production', () => {
    const { NODE_ENV } = process.env;
    process.env['NODE_ENV'] = 'production';
    try {
      expect(() => GlomopayMerchantsTestingModule.forRoot()).toThrow('refuses NODE_ENV');
      expect(() => new GlomopayScripts()).toThrow('refuses NODE_ENV');
    } finally {
      process.env['NODE_ENV'] = NODE_ENV;
    }
  });
});

describe.each(platforms)('GlomopayMerchantsTestingModule on %s', (platform) => {
  it('takes a payment of a merchant from the order to the webhook', async () => {
    const host = await startNestHost(
      platform,
      {
        imports: [
          GlomopayMerchantsTestingModule.forRoot({
            accounts: ['shop-1', 'shop-2'],
            tracking: tracking(),
            webhooks: { path: '/webhooks/glomopay/:account' },
          }),
        ],
        providers: [Outcomes],
      },
      { options: { rawBody: true } },
    );
    open.push(host);
    const script = host.app.get(GlomopayScripts).of('shop-1');
    const { data } = await host.app
      .get(GlomopayAccounts)
      .use('shop-1', (account) => paid(account, script, 'one'));
    const { body, headers } = signWebhook({ type: 'payment.success', data }, script.webhookSecret);
    const post = async (name: string) => {
      const url = `http://127.0.0.1:${host.port}/webhooks/glomopay/${name}`;
      const text = body.toString();
      return (await fetch(url, { method: 'POST', headers: { ...headers }, body: text })).status;
    };
    expect(await post('shop-2')).toBe(401);
    expect(await post('shop-1')).toBe(200);
    const { seen } = host.app.get(Outcomes);
    await until(() => seen.length === 1);
    expect(seen).toEqual(['shop-1 one succeeded']);
  });
});

describe('overrideGateway with merchants', () => {
  @Module({
    imports: [
      GlomopayModule.forRoot({
        secretKey: 'the-shops-own-key-5f0c2e',
        accounts: { find: (name) => ({ secretKey: `key-of-${name}-5f0c2e81` }) },
      }),
      GlomopayModule.forRoot({ name: 'emea', secretKey: 'the-key-of-emea-5f0c2e' }),
    ],
  })
  class App {}

  const each = async (accounts: GlomopayAccounts) => {
    for (const name of ['default', 'emea', 'shop-1']) {
      await accounts.use(name, (account) => account.get(CustomersService).list());
    }
  };

  it('puts one script in the place of every gateway', async () => {
    const script = new GlomopayScript();
    const builder = overrideGateway(Test.createTestingModule({ imports: [App] }), script);
    const module = await builder.compile();
    open.push(await module.init());
    await each(module.get(GlomopayAccounts, { strict: false }));
    expect(script.requests).toHaveLength(3);
  });

  it('puts a script of each account in the place of its gateway', async () => {
    const scripts = new GlomopayScripts();
    const builder = overrideGateway(Test.createTestingModule({ imports: [App] }), scripts);
    const module = await builder.compile();
    open.push(await module.init());
    await each(module.get(GlomopayAccounts, { strict: false }));
    for (const name of ['default', 'emea', 'shop-1']) {
      expect(scripts.of(name).requests).toHaveLength(1);
    }
  });
});
