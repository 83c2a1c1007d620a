import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Global, Logger, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { GlomopayModule, OrdersService, type Payment, PaymentsService } from 'nestjs-glomopay';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { readSettings } from '../config/read-settings.js';
import { ShopSettings } from '../config/shop-settings.js';
import { GatewayAccount } from '../local-gateway/gateway-account.js';
import { startSession } from '../session/session-cookie.js';
import { PaymentConfirmationService } from './payment-confirmation.service.js';
import { type Purchase } from './purchase.js';
import { PurchasesModule } from './purchases.module.js';
import { PurchasesService } from './purchases.service.js';

const CALLBACK_URL = 'http://localhost:3000/payment/callback';

describe('PaymentConfirmationService', () => {
  let sandbox: GlomopaySandbox;
  let shop: TestingModule;
  let purchases: PurchasesService;
  let confirmation: PaymentConfirmationService;

  beforeEach(async () => {
    sandbox = await GlomopaySandbox.start();
    const options = { secretKey: sandbox.secretKey, baseUrl: sandbox.url };
    shop = await Test.createTestingModule({
      imports: [ShopOf.account(options), GlomopayModule.forRoot(options), PurchasesModule],
    }).compile();
    Logger.overrideLogger(false);
    purchases = shop.get(PurchasesService);
    confirmation = shop.get(PaymentConfirmationService);
  });

  afterEach(async () => {
    await shop.close();
    await sandbox.stop();
  });

  /** A purchase whose payment waits at the bank. */
  async function aPurchase(): Promise<Purchase> {
    const opened = purchases.open({
      session: startSession(new ServerResponse(new IncomingMessage(new Socket())), false),
      productId: 'house-blend',
      amount: 1450,
      currency: 'USD',
    });
    const order = await shop.get(OrdersService).create({
      customerId: sandbox.demoCustomerId,
      amount: opened.amount,
      currency: opened.currency,
      requestId: opened.orderRequestId,
    });
    const { paymentId } = await shop.get(PaymentsService).create({
      orderId: order.id,
      callbackUrl: CALLBACK_URL,
      requestId: opened.paymentRequestId,
      card: {
        holderName: 'Asha Rao',
        number: '4532442222222222',
        expiryMonth: '12',
        expiryYear: '2030',
        cvv: '123',
      },
    });
    return purchases.attachPayment(purchases.attachOrder(opened, order.id), paymentId);
  }

  async function paymentOf(purchase: Purchase, changed: Partial<Payment> = {}): Promise<Payment> {
    const payment = await shop.get(PaymentsService).get(purchase.paymentId ?? '');
    return { ...payment, ...changed };
  }

  it('leaves a purchase pending while its payment is', async () => {
    const purchase = await aPurchase();
    expect(await confirmation.confirm(purchase)).toMatchObject({ status: 'pending' });
  });

  it.each([
    ['approve', 'succeeded', null],
    ['decline', 'failed', 'PAYMENT_DECLINED'],
  ] as const)('moves it to its outcome: %s, %s', async (decision, status, failureCode) => {
    const purchase = await aPurchase();
    sandbox.completePayment(purchase.paymentId ?? '', decision);
    expect(await confirmation.confirm(purchase)).toMatchObject({ status, failureCode });
    expect(purchases.reload(purchase.reference)).toMatchObject({ status, failureCode });
  });

  it.each([
    ['another amount', { requestedAmount: 1451 }],
    ['no amount', { requestedAmount: null }],
    ['another currency', { requestedCurrency: 'JPY' }],
    ['another order', { payinId: 'order_X' }],
    ['no order', { payinId: null }],
  ])('keeps a success apart that names %s', async (_, changed) => {
    const purchase = await aPurchase();
    sandbox.completePayment(purchase.paymentId ?? '', 'approve');
    const payment = { ...(await paymentOf(purchase)), ...changed } as Payment;
    expect(confirmation.settle(purchase, payment)).toMatchObject({ status: 'mismatch' });
    expect(confirmation.settle(purchase, await paymentOf(purchase))).toMatchObject({
      status: 'mismatch',
    });
  });

  it('does not mind in which currency the card was charged', async () => {
    const purchase = await aPurchase();
    sandbox.completePayment(purchase.paymentId ?? '', 'approve');
    const payment = await paymentOf(purchase, { paymentAmount: 5325, paymentCurrency: 'AED' });
    expect(confirmation.settle(purchase, payment)).toMatchObject({ status: 'succeeded' });
  });

  it.each(['success', 'failed'] as const)('never changes an outcome: %s first', async (first) => {
    const purchase = await aPurchase();
    const outcomes: string[] = [];
    purchases.outcomes.subscribe(({ status }) => outcomes.push(status));
    const second = first === 'success' ? 'failed' : 'success';
    const settled = confirmation.settle(purchase, await paymentOf(purchase, { status: first }));
    const again = confirmation.settle(purchase, await paymentOf(purchase, { status: second }));
    expect(again).toEqual(settled);
    expect(outcomes).toEqual([first === 'success' ? 'succeeded' : 'failed']);
  });

  it('does not take a status it does not know for an outcome', async () => {
    const purchase = await aPurchase();
    const payment = await paymentOf(purchase, { status: 'captured' });
    expect(confirmation.settle(purchase, payment)).toMatchObject({ status: 'pending' });
  });

  it('asks once for many witnesses at the same time', async () => {
    const purchase = await aPurchase();
    sandbox.requests.clear();
    await Promise.all(Array.from({ length: 50 }, () => confirmation.confirm(purchase)));
    expect(sandbox.requests.count('GET /api/v1/payments/:id')).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await confirmation.confirm(purchase);
    expect(sandbox.requests.count('GET /api/v1/payments/:id')).toBe(2);
  });

  it('gives up after three seconds and says pending', async () => {
    const purchase = await aPurchase();
    sandbox.faults.next('GET /api/v1/payments/:id', 'latency', { latencyMs: 8000 });
    const startedAt = performance.now();
    expect(await confirmation.confirm(purchase)).toMatchObject({ status: 'pending' });
    expect(performance.now() - startedAt).toBeLessThan(3500);
  });
});

/** What the rest of the shop gives to this feature. */
@Global()
@Module({})
class ShopOf {
  static account(moduleOptions: { secretKey: string; baseUrl: string }) {
    return {
      module: ShopOf,
      providers: [
        { provide: ShopSettings, useValue: readSettings({ DATA_DIR: ':memory:' }) },
        {
          provide: GatewayAccount,
          useFactory: () =>
            new GatewayAccount({ id: 'test', mode: 'sandbox', isLocal: true, moduleOptions }),
        },
      ],
      exports: [ShopSettings, GatewayAccount],
    };
  }
}
