import { createHmac } from 'node:crypto';
import {
  Controller,
  Get,
  HttpCode,
  Inject,
  Injectable,
  Param,
  Post,
  type Provider,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  type AccountOptions,
  type AccountSource,
  CallbackSignatureGuard,
  GlomopayAccount,
  GlomopayAccounts,
  type GlomopayCallback,
  type GlomopayEvent,
  GlomopayExceptionFilter,
  GlomopayMerchantsModule,
  type GlomopayMerchantsOptions,
  MemoryTrackingStore,
  OnGlomopayEvent,
  OnPaymentOutcome,
  OrdersService,
  type PaymentOutcome,
  PaymentTracker,
  VerifiedCallback,
  VerifiedWebhook,
  WebhookSignatureGuard,
} from 'nestjs-glomopay';
import type { FastClock } from '../support/library/fast-clock.js';
import { withClock } from '../support/with-clock.js';
import { type NestHost, type Platform, startNestHost } from '../support/nest-host.js';
import { aPaymentOf } from '../tracking/tracked-shop.js';

interface TenantRequest {
  readonly params: { readonly tenant: string };
}

/** A table of merchants. */
export class Merchants implements AccountSource {
  readonly rows = new Map<string, AccountOptions>();
  readonly asked: string[] = [];
  /** What a question does instead. */
  instead: ((name: string, signal: AbortSignal) => Promise<AccountOptions>) | undefined;

  async find(name: string, signal: AbortSignal): Promise<AccountOptions | undefined> {
    this.asked.push(name);
    return this.instead === undefined ? this.rows.get(name) : this.instead(name, signal);
  }
}

@Controller()
class Tenants {
  constructor(@Inject(GlomopayAccounts) private readonly accounts: GlomopayAccounts) {}

  @Get(':tenant/orders')
  @UseFilters(GlomopayExceptionFilter)
  orders(@Param('tenant') tenant: string) {
    return this.accounts.use(tenant, async (account) => {
      const { data } = await account.get(OrdersService).list();
      return { tenant, orders: data.length };
    });
  }

  @Get(':tenant/return')
  @GlomopayAccount<TenantRequest>(({ params }) => params.tenant)
  @UseGuards(CallbackSignatureGuard)
  finish(@VerifiedCallback() { paymentId }: GlomopayCallback, @Param('tenant') tenant: string) {
    return { paymentId, tenant };
  }

  @Get('fixed/shop-b')
  @GlomopayAccount('shop-b')
  @UseGuards(CallbackSignatureGuard)
  fixed(@VerifiedCallback() { paymentId }: GlomopayCallback) {
    return { paymentId };
  }

  @Post(':tenant/hook')
  @HttpCode(200)
  @GlomopayAccount<TenantRequest>(({ params }) => params.tenant)
  @UseGuards(WebhookSignatureGuard)
  hear(@VerifiedWebhook() { type }: GlomopayEvent) {
    return { type };
  }
}

@Injectable()
export class Ledger {
  readonly outcomes: string[] = [];
  readonly ofShopA: string[] = [];
  readonly heard: string[] = [];

  @OnPaymentOutcome()
  record({ account, reference, outcome }: PaymentOutcome): void {
    this.outcomes.push(`${account} ${reference} ${outcome}`);
  }

  @OnPaymentOutcome()
  @GlomopayAccount('shop-a')
  recordShopA({ reference }: PaymentOutcome): void {
    this.ofShopA.push(reference ?? '');
  }

  @OnGlomopayEvent('webhook_test.test')
  hear({ type }: GlomopayEvent): void {
    this.heard.push(type);
  }
}

export function optionsOf(sandbox: GlomopaySandbox): AccountOptions {
  return {
    secretKey: sandbox.secretKey,
    webhookSecret: sandbox.webhookSecret,
    baseUrl: sandbox.url,
    callbackUrl: 'https://shop.example/callback',
  };
}

/** An application for many merchants, and a gateway for each of two of them. */
export interface MerchantShop {
  readonly host: NestHost;
  readonly url: string;
  readonly accounts: GlomopayAccounts;
  readonly ledger: Ledger;
  readonly merchants: Merchants;
  readonly store: MemoryTrackingStore;
  readonly sandboxes: { readonly a: GlomopaySandbox; readonly b: GlomopaySandbox };
  close(): Promise<void>;
}

export async function aMerchantShop(
  platform: Platform,
  options: Partial<GlomopayMerchantsOptions> = {},
  clock?: FastClock,
  providers: readonly Provider[] = [],
): Promise<MerchantShop> {
  const [a, b] = [await GlomopaySandbox.start(), await GlomopaySandbox.start()];
  const merchants = new Merchants();
  merchants.rows.set('shop-a', optionsOf(a)).set('shop-b', optionsOf(b));
  const store = new MemoryTrackingStore();
  const registration = GlomopayMerchantsModule.forRootAsync({
    webhooks: { path: '/webhooks/glomopay/:account' },
    useFactory: () => ({
      source: merchants,
      tracking: { store, sweep: { everyMs: 0 } },
      ...options,
    }),
  });
  const host = await startNestHost(
    platform,
    {
      imports: [clock === undefined ? registration : withClock(registration, clock)],
      controllers: [Tenants],
      providers: [Ledger, ...providers],
    },
    { options: { rawBody: true } },
  ).catch(async (thrown: unknown) => {
    await Promise.all([a.stop(), b.stop()]);
    throw thrown;
  });
  const url = `http://127.0.0.1:${host.port}`;
  a.webhooks.endpoints = [`${url}/webhooks/glomopay/shop-a`];
  b.webhooks.endpoints = [`${url}/webhooks/glomopay/shop-b`];
  return {
    host,
    url,
    accounts: host.app.get(GlomopayAccounts),
    ledger: host.app.get(Ledger),
    merchants,
    store,
    sandboxes: { a, b },
    async close() {
      await host.close();
      await a.stop();
      await b.stop();
    },
  };
}

/** Pays an order of 100 cents under a request id, and lets the bank approve it. */
export async function pay(
  { accounts }: Pick<MerchantShop, 'accounts'>,
  account: string,
  sandbox: GlomopaySandbox,
  requestId: string,
): Promise<void> {
  await accounts.use(account, async (opened) => {
    const price = { amount: 100, currency: 'USD' } as const;
    const order = await opened
      .get(OrdersService)
      .create({ customerId: sandbox.demoCustomerId, ...price });
    const { payment } = await opened
      .get(PaymentTracker)
      .pay(aPaymentOf(order.id, { requestId }), price);
    sandbox.completePayment(payment.paymentId ?? '', 'approve');
  });
}

export function callback(key: string): string {
  const [orderId, paymentId, status] = ['order_a', 'payt_b', 'success'];
  const signature = createHmac('sha256', key)
    .update(`${orderId}|${paymentId}|${status}`)
    .digest('hex');
  return `?order_id=${orderId}&payment_id=${paymentId}&status=${status}&signature=${signature}`;
}

export const TEST_EVENT = '{"data":{},"entity_type":"webhook_test","event_type":"test"}';

/** Delivers an event that is signed under a secret. */
export async function deliver(to: string, secret: string, body = TEST_EVENT): Promise<Response> {
  return fetch(to, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-glomopay-signature': createHmac('sha256', secret).update(body).digest('hex'),
    },
  });
}
