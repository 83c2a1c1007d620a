import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  Controller,
  Get,
  HttpCode,
  Inject,
  Injectable,
  type INestApplication,
  Module,
  Param,
  Post,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import Database from 'libsql';
import {
  CallbackSignatureGuard,
  getGlomopayToken,
  GlomopayAccount,
  GlomopayAccounts,
  type GlomopayCallback,
  type GlomopayEvent,
  GlomopayModule,
  GlomopayTrackingModule,
  InjectGlomopay,
  OnGlomopayEvent,
  OnPaymentOutcome,
  OrdersService,
  type PaymentOutcome,
  PaymentTracker,
  VerifiedCallback,
  VerifiedWebhook,
  WebhookInbox,
  WebhookSignatureGuard,
} from 'nestjs-glomopay';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { adapterOf, platforms } from '../support/nest-host.js';
import { until } from '../support/until.js';
import { CapturedLog } from '../support/captured-log.js';
import { aPaymentOf } from '../tracking/tracked-shop.js';

interface TenantRequest {
  readonly params: { readonly tenant: string };
}

@Controller()
class Returns {
  @Get('default/callback')
  @UseGuards(CallbackSignatureGuard)
  home(@VerifiedCallback() { paymentId }: GlomopayCallback) {
    return { paymentId };
  }

  @Get('emea/callback')
  @GlomopayAccount('emea')
  @UseGuards(CallbackSignatureGuard)
  emea(@VerifiedCallback() { paymentId }: GlomopayCallback) {
    return { paymentId };
  }

  @Get(':tenant/return')
  @GlomopayAccount<TenantRequest>(({ params }) => params.tenant)
  @UseGuards(CallbackSignatureGuard)
  chosen(@VerifiedCallback() { paymentId }: GlomopayCallback, @Param('tenant') tenant: string) {
    return { paymentId, tenant };
  }

  @Get('lost/callback')
  @GlomopayAccount('nowhere')
  @UseGuards(CallbackSignatureGuard)
  lost() {}
}

@Controller('hooks/emea')
@GlomopayAccount('emea')
class EmeaHooks {
  @Post()
  @HttpCode(200)
  @UseGuards(WebhookSignatureGuard)
  receive(@VerifiedWebhook() { type }: GlomopayEvent) {
    return { type };
  }
}

@Injectable()
class Ledger {
  readonly everywhere: string[] = [];
  readonly emeaOnly: string[] = [];
  readonly heard: string[] = [];

  constructor(
    @Inject(OrdersService) readonly orders: OrdersService,
    @InjectGlomopay('emea', OrdersService) readonly emeaOrders: OrdersService,
  ) {}

  @OnPaymentOutcome()
  async all({ account, reference }: PaymentOutcome): Promise<void> {
    this.everywhere.push(`${account} ${reference}`);
  }

  @OnPaymentOutcome()
  @GlomopayAccount('emea')
  async emea({ account }: PaymentOutcome): Promise<void> {
    this.emeaOnly.push(account);
  }

  @OnGlomopayEvent('webhook_test.test')
  @GlomopayAccount('emea')
  hear({ type }: GlomopayEvent): void {
    this.heard.push(type);
  }
}

describe.each(platforms)('Two merchant accounts in one application on %s', (server) => {
  let home: GlomopaySandbox;
  let emea: GlomopaySandbox;
  let app: INestApplication;
  let folder: string;
  let url: string;
  const log = new CapturedLog();

  beforeEach(async () => {
    [home, emea] = [await GlomopaySandbox.start(), await GlomopaySandbox.start()];
    folder = mkdtempSync(path.join(tmpdir(), 'accounts-'));
    const store = () => new SqliteTrackingStore(() => new Database(path.join(folder, 'both.db')));
    const optionsOf = (sandbox: GlomopaySandbox) => ({
      secretKey: sandbox.secretKey,
      webhookSecret: sandbox.webhookSecret,
      baseUrl: sandbox.url,
      callbackUrl: 'https://shop.example/callback',
    });
    class AppModule {}
    Module({
      imports: [
        GlomopayModule.forRoot(optionsOf(home)),
        GlomopayModule.forRootAsync({ name: 'emea', useFactory: () => optionsOf(emea) }),
        GlomopayTrackingModule.forRoot({
          store: store(),
          sweep: { everyMs: 0 },
          webhooks: { path: '/webhooks/home' },
        }),
        GlomopayTrackingModule.forRootAsync({
          name: 'emea',
          webhooks: { path: '/webhooks/emea' },
          useFactory: () => ({ store: store(), sweep: { everyMs: 0 } }),
        }),
      ],
      controllers: [Returns, EmeaHooks],
      providers: [Ledger],
    })(AppModule);
    const adapter = adapterOf(server);
    app = await NestFactory.create(AppModule, adapter, { logger: log, rawBody: true });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    home.webhooks.endpoints = [`${url}/webhooks/home`];
    emea.webhooks.endpoints = [`${url}/webhooks/emea`];
  });
  afterEach(async () => {
    await app.close();
    await home.stop();
    await emea.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function callback(key: string): string {
    const [orderId, paymentId, status] = ['order_a', 'payt_b', 'success'];
    const signature = createHmac('sha256', key)
      .update(`${orderId}|${paymentId}|${status}`)
      .digest('hex');
    return `?order_id=${orderId}&payment_id=${paymentId}&status=${status}&signature=${signature}`;
  }
  const statusOf = async (at: string) => (await fetch(`${url}${at}`)).status;

  it('calls the gateway of each under its own key only', async () => {
    const { orders, emeaOrders } = app.get(Ledger);
    const order = { customerId: '', amount: 100, currency: 'USD' } as const;
    await orders.create({ ...order, customerId: home.demoCustomerId });
    await emeaOrders.create({ ...order, customerId: emea.demoCustomerId });
    await app
      .get(GlomopayAccounts)
      .get('emea', OrdersService)
      .create({ ...order, customerId: emea.demoCustomerId });
    expect([home.orders.list().length, emea.orders.list().length]).toEqual([1, 2]);
    expect(app.get(GlomopayAccounts).names()).toEqual(['default', 'emea']);
    expect(app.get(GlomopayAccounts).get('default', OrdersService)).toBe(orders);
  });

  it('verifies callbacks under the keys of the account that the route names', async () => {
    expect(await statusOf(`/default/callback${callback(home.secretKey)}`)).toBe(200);
    expect(await statusOf(`/default/callback${callback(emea.secretKey)}`)).toBe(401);
    expect(await statusOf(`/emea/callback${callback(emea.secretKey)}`)).toBe(200);
    expect(await statusOf(`/emea/callback${callback(home.secretKey)}`)).toBe(401);
  });

  it('verifies under the account that a request leads to, and refuses one that leads nowhere', async () => {
    expect(await statusOf(`/emea/return${callback(emea.secretKey)}`)).toBe(200);
    expect(await statusOf(`/default/return${callback(home.secretKey)}`)).toBe(200);
    expect(await statusOf(`/emea/return${callback(home.secretKey)}`)).toBe(401);
    for (const tenant of ['nobody', '__proto__', 'constructor', 'EMEA']) {
      expect(await statusOf(`/${tenant}/return${callback(emea.secretKey)}`)).toBe(400);
    }
  });

  it('answers 500 on a route of an account that was never registered, and says which there are', async () => {
    expect(await statusOf(`/lost/callback${callback(home.secretKey)}`)).toBe(500);
    expect(log.text).toContain('there is no account nowhere; there are default, emea');
  });

  it('verifies webhooks of a route of the host under its account', async () => {
    const body = '{"data":{},"entity_type":"webhook_test","event_type":"test"}';
    const post = (secret: string) =>
      fetch(`${url}/hooks/emea`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-glomopay-signature': createHmac('sha256', secret).update(body).digest('hex'),
        },
      });
    expect((await post(emea.webhookSecret)).status).toBe(200);
    expect((await post(home.webhookSecret)).status).toBe(401);
  });

  it('keeps payments and events apart in one database, each with its one outcome', async () => {
    const ledger = app.get(Ledger);
    const trackers = {
      default: app.get(PaymentTracker),
      emea: app.get<PaymentTracker>(getGlomopayToken(PaymentTracker, 'emea')),
    };
    const sandboxes = { default: home, emea };
    for (const account of ['default', 'emea'] as const) {
      const order = await app.get(GlomopayAccounts).get(account, OrdersService).create({
        customerId: sandboxes[account].demoCustomerId,
        amount: 100,
        currency: 'USD',
      });
      const { payment } = await trackers[account].pay(aPaymentOf(order.id, { requestId: 'same' }), {
        amount: 100,
        currency: 'USD',
      });
      sandboxes[account].completePayment(payment.paymentId ?? '', 'approve');
    }
    await until(async () => {
      const states = [await trackers.default.get('same'), await trackers.emea.get('same')];
      return states.every((record) => record?.state === 'succeeded');
    });
    expect(ledger.everywhere.toSorted()).toEqual(['default same', 'emea same']);
    expect(ledger.emeaOnly).toEqual(['emea']);
    await home.webhooks.settled();
    await emea.webhooks.settled();
    const inboxes = [
      app.get(WebhookInbox),
      app.get<WebhookInbox>(getGlomopayToken(WebhookInbox, 'emea')),
    ];
    for (const inbox of inboxes) expect(await inbox.list()).toHaveLength(2);
  });

  it('tells a handler that is for one account of that account only', async () => {
    expect((await home.webhooks.sendTest())[0]).toMatchObject({ status: 200 });
    expect((await emea.webhooks.sendTest())[0]).toMatchObject({ status: 200 });
    const counts = async () => [
      await app.get(WebhookInbox).counts(),
      await app.get<WebhookInbox>(getGlomopayToken(WebhookInbox, 'emea')).counts(),
    ];
    await until(async () => (await counts()).every(({ open }) => open === 0));
    expect(app.get(Ledger).heard).toEqual(['webhook_test.test']);
  });

  it('refuses a webhook of one account at the route of the other', async () => {
    emea.webhooks.endpoints = [`${url}/webhooks/home`];
    await emea.webhooks.sendTest();
    expect(await app.get(WebhookInbox).list()).toEqual([]);
  });
});
