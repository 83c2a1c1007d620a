import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  GlomopayTrackingModule,
  isGlomopayError,
  MemoryTrackingStore,
  OrdersService,
  PaymentTracker,
} from 'nestjs-glomopay';
import {
  GlomopayScript,
  GlomopayTestingModule,
  signCallback,
  signWebhook,
} from 'nestjs-glomopay/testing';
import request from 'supertest';
import { CheckoutService } from './checkout.service.js';
import { Outcomes } from './outcomes.js';
import { PaymentController } from './payment.controller.js';

const card = {
  holderName: 'John Doe',
  number: '4111111111111111',
  expiryMonth: '09',
  expiryYear: '2031',
  cvv: '123',
};

describe('A checkout', () => {
  let app: INestApplication;
  let script: GlomopayScript;
  beforeEach(async () => {
    const module = await Test.createTestingModule({
      imports: [
        GlomopayTestingModule.forRoot(),
        GlomopayTrackingModule.forRoot({
          store: new MemoryTrackingStore(),
          webhooks: { path: '/webhooks/glomopay' },
        }),
      ],
      controllers: [PaymentController],
      providers: [CheckoutService, Outcomes],
    }).compile();
    app = module.createNestApplication({ rawBody: true, logger: false });
    await app.init();
    script = app.get(GlomopayScript);
  });
  afterEach(() => app.close());
  const paid = async () => {
    const { orderId, paymentId } = await app.get(CheckoutService).pay('1', 'cust_1', card);
    if (!paymentId) throw new Error('The payment has no id');
    return { orderId, paymentId, data: script.complete(paymentId, 'success') };
  };

  it('is paid once, whichever witness comes', async () => {
    const { orderId, paymentId, data } = await paid();
    const { search } = signCallback({ orderId, paymentId, status: 'success' }, script.secretKey);
    const callback = await request(app.getHttpServer()).get(`/payment/callback${search}`);
    expect([callback.status, callback.body]).toEqual([200, { paymentId, state: 'succeeded' }]);
    const webhook = signWebhook({ type: 'payment.success', data }, script.webhookSecret);
    for (const path of ['/webhooks/glomopay', '/payment/webhook']) {
      const heard = await request(app.getHttpServer())
        .post(path)
        .set({ ...webhook.headers })
        .send(webhook.body.toString());
      expect(heard.status).toBe(200);
    }
    expect(app.get(Outcomes).seen).toEqual([
      { account: 'default', reference: '1', outcome: 'succeeded' },
    ]);
  });

  it('refuses what nobody signed', async () => {
    const { orderId, paymentId, data } = await paid();
    const callback = { orderId, paymentId, status: 'success' as const };
    const { search } = signCallback(callback, script.secretKey, 'other-key');
    await request(app.getHttpServer()).get(`/payment/callback${search}`).expect(401);
    await request(app.getHttpServer()).get('/payment/callback').expect(400);
    const event = { type: 'payment.success' as const, data };
    const forged = signWebhook(event, script.webhookSecret, 'other-secret');
    for (const path of ['/webhooks/glomopay', '/payment/webhook']) {
      await request(app.getHttpServer())
        .post(path)
        .set({ ...forged.headers })
        .send(forged.body.toString())
        .expect(401);
    }
    expect((await app.get(PaymentTracker).get('payment-1'))?.state).toBe('attempted');
  });

  it('knows an error of the library', async () => {
    const order = { customerId: 'nobody', amount: 10.5, currency: 'USD' as const };
    const error: unknown = await app
      .get(OrdersService)
      .create(order)
      .catch((thrown: unknown) => thrown);
    expect(isGlomopayError(error) && error.code).toBe('GLOMOPAY_VALIDATION');
  });
});
