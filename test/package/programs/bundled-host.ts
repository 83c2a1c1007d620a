import 'reflect-metadata';
import { Controller, Get, Inject, Injectable, Module, Post, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  CallbackSignatureGuard,
  getGlomopayToken,
  GlomopayAccount,
  GlomopayAccounts,
  GlomopayApiError,
  GlomopayExceptionFilter,
  GlomopayModule,
  GlomopayTrackingModule,
  InjectGlomopay,
  MemoryTrackingStore,
  OnPaymentOutcome,
  OrdersService,
  PaymentsService,
  PaymentTracker,
  WebhookSignatureGuard,
  type PaymentOutcome,
} from 'nestjs-glomopay';

/** A host as a bundler gets it; what it finds out about itself is printed as one line of JSON. */
interface Gateway {
  readonly url: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly customerId: string;
}
const gateways: Readonly<Record<'home' | 'emea', Gateway>> = JSON.parse(process.argv[2] ?? '');
const outcomes: string[] = [];

@Injectable()
class Shop {
  constructor(
    @Inject(OrdersService) readonly orders: OrdersService,
    @Inject(PaymentTracker) readonly tracker: PaymentTracker,
    @InjectGlomopay('emea', OrdersService) readonly emeaOrders: OrdersService,
    @InjectGlomopay('emea', PaymentTracker) readonly emeaTracker: PaymentTracker,
    @Inject(GlomopayAccounts) readonly accounts: GlomopayAccounts,
  ) {}

  @OnPaymentOutcome()
  async record({ outcome, reference }: PaymentOutcome): Promise<void> {
    outcomes.push(`${reference} ${outcome}`);
  }
}

@Controller()
class Routes {
  @UseGuards(CallbackSignatureGuard)
  @Get('callback')
  callback(): string {
    return 'verified';
  }

  @GlomopayAccount('emea')
  @UseGuards(CallbackSignatureGuard)
  @Get('emea/callback')
  emeaCallback(): string {
    return 'verified for emea';
  }

  @UseGuards(WebhookSignatureGuard)
  @Post('webhook')
  webhook(): string {
    return 'verified';
  }
}

function account(name: 'home' | 'emea') {
  const { url: baseUrl, secretKey, webhookSecret } = gateways[name];
  const callbackUrl = 'http://localhost/callback';
  return [
    GlomopayModule.forRoot({
      name: name === 'home' ? undefined : name,
      baseUrl,
      secretKey,
      webhookSecret,
      callbackUrl,
    }),
    GlomopayTrackingModule.forRoot({
      name: name === 'home' ? undefined : name,
      store: new MemoryTrackingStore(),
    }),
  ];
}

@Module({
  imports: [...account('home'), ...account('emea')],
  controllers: [Routes],
  providers: [Shop],
})
class AppModule {}

async function pay(name: 'home' | 'emea', orders: OrdersService, tracker: PaymentTracker) {
  const { customerId, url } = gateways[name];
  const order = await orders.create({ customerId, amount: 1000, currency: 'USD' });
  const card = {
    holderName: 'John Doe',
    number: '4111111111111111',
    expiryMonth: '09',
    expiryYear: '2030',
    cvv: '123',
  };
  const requestId = `pay-${order.id}`;
  const { payment } = await tracker.pay(
    { orderId: order.id, card, requestId },
    { amount: 1000, currency: 'USD', reference: name },
  );
  const completion = await fetch(`${url}/_sandbox/payments/${payment.paymentId ?? ''}/complete`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ outcome: 'approve' }),
  });
  const { callback_url: callbackUrl } = (await completion.json()) as { callback_url: string };
  await tracker.check(requestId);
  return new URL(callbackUrl).search;
}

async function nameOfFailure(work: Promise<unknown>): Promise<readonly unknown[]> {
  return work.then(
    () => [],
    (thrown: unknown) => [
      thrown instanceof Error && thrown.name,
      thrown instanceof GlomopayApiError,
      Reflect.get(Object(thrown), 'code'),
    ],
  );
}

async function run(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ['error'], rawBody: true });
  app.useGlobalFilters(new GlomopayExceptionFilter());
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const shop = app.get(Shop);
  const home = await pay('home', shop.orders, shop.tracker);
  const emea = await pay('emea', shop.emeaOrders, shop.emeaTracker);
  const status = async (path: string, init?: RequestInit) => (await fetch(url + path, init)).status;
  const found = {
    distinct: shop.orders !== shop.emeaOrders,
    byToken: app.get(getGlomopayToken(OrdersService, 'emea')) === shop.emeaOrders,
    byAccounts: shop.accounts.get('emea', OrdersService) === shop.emeaOrders,
    ownPayments: shop.accounts.get('emea', PaymentsService) !== app.get(PaymentsService),
    outcomes,
    unknownId: await nameOfFailure(shop.orders.get('order_unknown')),
    badId: await nameOfFailure(shop.orders.get('../x')),
    callbacks: [
      await status(`/callback${home}`),
      await status(`/callback${emea}`),
      await status(`/emea/callback${emea}`),
      await status('/callback'),
    ],
    forgedWebhook: await status('/webhook', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-glomopay-signature': 'a'.repeat(64) },
      body: '{}',
    }),
    token: String(getGlomopayToken(OrdersService, 'emea')),
  };
  await app.close();
  process.stdout.write(`${JSON.stringify(found)}\n`);
}

void run();
