import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  OnPaymentOutcome,
  OrdersService,
  PaymentTracker,
  type PaymentOutcome,
} from 'nestjs-glomopay';
import { CapturedLog } from '../support/captured-log.js';
import { isPostgresThere, postgresPlace } from '../../libs/nestjs-glomopay/test/postgres-schema.js';
import { until } from '../support/until.js';
import { ormHosts, type OrmHost } from './orm-hosts.js';
import { aPaymentOf, theCallback } from './tracked-shop.js';

if (await isPostgresThere()) {
  describe.each(ormHosts)('A host with tracking through %s', (_, open) => {
    let host: OrmHost<unknown>;
    let sandbox: GlomopaySandbox;
    let app: INestApplicationContext;
    let failures: number;

    @Injectable()
    class Purchases {
      @OnPaymentOutcome()
      async record(outcome: PaymentOutcome, tx: unknown): Promise<void> {
        await host.buy(tx, outcome.reference);
        if (failures > 0) {
          failures -= 1;
          throw new Error('the shop is out of order');
        }
      }
    }

    beforeEach(async () => {
      failures = 0;
      host = await open();
      sandbox = await GlomopaySandbox.start();
      app = await Test.createTestingModule({
        imports: [
          GlomopayModule.forRoot({
            secretKey: sandbox.secretKey,
            baseUrl: sandbox.url,
            callbackUrl: 'https://shop.example/payment/callback',
          }),
          GlomopayTrackingModule.forRoot({ store: host.store, sweep: { everyMs: 0 } }),
        ],
        providers: [Purchases],
      }).compile();
      app.useLogger(new CapturedLog());
      await app.init();
    });
    afterEach(async () => {
      await app.close();
      await sandbox.stop();
      await host.close();
    });

    async function approved(reference: string) {
      const order = await app
        .get(OrdersService)
        .create({ customerId: sandbox.demoCustomerId, amount: 1_000, currency: 'USD' });
      const expected = { amount: 1_000, currency: 'USD', reference };
      const { payment } = await app.get(PaymentTracker).pay(aPaymentOf(order.id), expected);
      sandbox.completePayment(String(payment.paymentId), 'approve');
      const { paymentId, requestId } = payment;
      return { requestId, callback: theCallback(order.id, paymentId) };
    }

    it('writes its row with the outcome, once, whoever brings it and how often', async () => {
      const { callback } = await approved('order-1');
      const tracker = app.get(PaymentTracker);
      const confirmed = await Promise.all([1, 2, 3].map(() => tracker.confirm(callback)));
      expect(confirmed.map((record) => record?.state)).toEqual(Array(3).fill('succeeded'));
      expect(await host.purchases()).toEqual(['order-1']);
    });

    it('has neither row nor outcome where its handler fails, and both when that works again', async () => {
      failures = 1;
      const { requestId } = await approved('order-2');
      const tracker = app.get(PaymentTracker);
      expect((await tracker.check(requestId))?.state).toBe('attempted');
      expect(await host.purchases()).toEqual([]);
      // A look that has just been made is not made again at once.
      await until(async () => (await tracker.check(requestId))?.state === 'succeeded');
      expect(await host.purchases()).toEqual(['order-2']);
    });

    it('has no outcome where the database refuses the row', async () => {
      const first = await approved('order-3');
      await app.get(PaymentTracker).confirm(first.callback);
      const { callback } = await approved('order-3');
      expect((await app.get(PaymentTracker).confirm(callback))?.state).toBe('attempted');
      expect(await host.purchases()).toEqual(['order-3']);
    });
  });
} else {
  describe.skip(`Hosts with Knex, Sequelize and MikroORM (skipped: no ${postgresPlace})`, () => {
    it('write their row with the outcome', () => undefined);
  });
}
