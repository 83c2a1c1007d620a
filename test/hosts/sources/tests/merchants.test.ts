import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  CallbackVerifier,
  CustomersService,
  GlomopayAccounts,
  isGlomopayError,
  MemoryTrackingStore,
} from 'nestjs-glomopay';
import {
  GlomopayMerchantsTestingModule,
  GlomopayScripts,
  signCallback,
  signWebhook,
} from 'nestjs-glomopay/testing';
import request from 'supertest';

describe('Merchants of a shop', () => {
  it('have each a gateway and keys of their own', async () => {
    const module = await Test.createTestingModule({
      imports: [
        GlomopayMerchantsTestingModule.forRoot({
          accounts: ['shop-1', 'shop-2'],
          tracking: { store: new MemoryTrackingStore() },
          webhooks: { path: '/webhooks/glomopay/:account' },
        }),
      ],
    }).compile();
    const app: INestApplication = module.createNestApplication({ rawBody: true, logger: false });
    await app.init();
    try {
      const accounts = app.get(GlomopayAccounts);
      const script = app.get(GlomopayScripts).of('shop-1');
      await accounts.use('shop-1', (account) => account.get(CustomersService).list());
      expect(script.requests.length).toBe(1);
      const said = { orderId: 'order_1', paymentId: 'payt_1', status: 'success' as const };
      const { query } = signCallback(said, script.secretKey);
      const [own, other] = await Promise.all(
        ['shop-1', 'shop-2'].map((name) => accounts.load(name, CallbackVerifier)),
      );
      expect(own?.verify(query).paymentId).toBe('payt_1');
      expect(() => other?.verify(query)).toThrow();
      const { body, headers } = signWebhook(
        { type: 'payment.success', data: {} },
        script.webhookSecret,
      );
      const statuses: number[] = [];
      for (const name of ['shop-1', 'shop-2', 'shop-3']) {
        const answer = await request(app.getHttpServer())
          .post(`/webhooks/glomopay/${name}`)
          .set({ ...headers })
          .send(body.toString());
        statuses.push(answer.status);
      }
      expect(statuses).toEqual([200, 401, 401]);
      const unknown: unknown = await accounts
        .load('shop-3', CustomersService)
        .catch((thrown: unknown) => thrown);
      expect(isGlomopayError(unknown) && unknown.code).toBe('GLOMOPAY_ACCOUNT_UNKNOWN');
    } finally {
      await app.close();
    }
  });
});
