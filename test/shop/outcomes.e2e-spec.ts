import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Payment, PaymentsService, PaymentTracker, WebhookInbox } from 'nestjs-glomopay';
import { OrderConfirmations } from '../../src/purchases/order-confirmations.js';
import { OutcomeRecorder } from '../../src/purchases/outcome-recorder.js';
import { aCheckout, answerAtBank, record, startPurchase } from '../support/checkouts.js';
import { readEvents } from '../support/events.js';
import { type RunningShop, startShop, sweepsOnDemand } from '../support/running-shop.js';
import { shopDatabases } from '../support/shop-data.js';
import { until } from '../support/until.js';
import { Visitor } from '../support/visitor.js';

// Up to three shops a case, each commit on the disk: a busy machine needs more than five seconds.

for (const [name, open] of shopDatabases) {
  describe(`the outcome of a payment on ${name}`, () => {
    let shop: RunningShop;
    let visitor: Visitor;

    beforeEach(async () => {
      shop = await startShop(sweepsOnDemand, open());
      visitor = await shop.visitor();
    });

    afterEach(async () => {
      await shop.close();
    });

    const sweep = () => shop.app.get(PaymentTracker).sweep();

    it.each([
      ['approve', 'succeeded', 'success'],
      ['decline', 'failed', 'failed'],
    ] as const)('is one row of purchases: %s', async (decision, outcome, page) => {
      const purchase = await startPurchase(shop, visitor);
      expect(await shop.data.purchases()).toEqual([]);
      const response = await visitor.get(answerAtBank(shop, purchase, decision));
      const { reference, paymentId } = purchase;
      expect(response.headers.get('location')).toBe(`/payment/${page}?ref=${reference}`);
      await visitor.get(answerAtBank(shop, purchase, decision));
      await sweep();
      expect(await shop.data.purchases()).toEqual([{ reference, outcome, paymentId }]);
    });

    it('is confirmed to the buyer once, after it stands, and again after a letter that failed', async () => {
      const letters = shop.app.get(OrderConfirmations);
      const send = letters.send.bind(letters);
      const sending = jest
        .spyOn(letters, 'send')
        .mockRejectedValueOnce(new Error('the mail service is away'))
        .mockImplementationOnce(async (outcome, delivery) => {
          await send(outcome, delivery);
          throw new Error('the answer was lost');
        });
      const purchase = await startPurchase(shop, visitor);
      const { reference, paymentId } = purchase;
      await visitor.get(answerAtBank(shop, purchase, 'approve'));
      await until(async () => (await shop.app.get(WebhookInbox).counts()).open === 0);
      expect(sending).toHaveBeenCalledTimes(3);
      expect(await shop.data.confirmations()).toEqual([
        { reference, paymentId, outcome: 'succeeded' },
      ]);
    });

    it('is found by the sweeper when the buyer never comes back', async () => {
      const { reference, paymentId } = await startPurchase(shop, visitor);
      shop.sandbox.completePayment(paymentId, 'approve');
      await sweep();
      expect(await shop.data.purchases()).toEqual([{ reference, paymentId, outcome: 'succeeded' }]);
    });

    it('stays open while the buyer has not answered', async () => {
      const { statusUrl } = await startPurchase(shop, visitor);
      expect(await sweep()).toEqual({ checked: 1, settled: 0, needsAttention: 0 });
      expect(await shop.data.purchases()).toEqual([]);
      expect(await visitor.json(`${statusUrl}/state`)).toMatchObject({ status: 'pending' });
      expect(await visitor.read('/')).toContain('You have a payment in progress');
    });

    it('is one, although the answer to the payment was lost', async () => {
      shop.sandbox.faults.next('POST /api/v1/payments', 'drop-after-commit');
      const response = await visitor.post('/checkout', aCheckout());
      expect(response.status).toBe(202);
      const { reference } = record(await response.json());
      const [payment] = shop.sandbox.payments.list();
      shop.sandbox.completePayment(payment?.id ?? '', 'approve');
      await sweep();
      expect(shop.sandbox.payments.list()).toHaveLength(1);
      expect(await shop.data.purchases()).toMatchObject([{ reference, outcome: 'succeeded' }]);
    });

    it('leaves nothing behind when the shop fails to write it, and is written later', async () => {
      const { reference, paymentId, ...purchase } = await startPurchase(shop, visitor);
      const recorder = shop.app.get(OutcomeRecorder);
      const write = recorder.record.bind(recorder);
      const failing = jest.spyOn(recorder, 'record').mockImplementation(async (outcome, tx) => {
        await write(outcome, tx);
        throw new Error('the shop is out of order');
      });
      const genuine = answerAtBank(shop, { reference, paymentId, ...purchase }, 'approve');
      const response = await visitor.get(genuine);
      expect(response.headers.get('location')).toBe(`/payment/pending?ref=${reference}`);
      expect(failing).toHaveBeenCalledTimes(1);
      expect(await shop.data.purchases()).toEqual([]);
      failing.mockRestore();
      await sweep();
      expect(await shop.data.purchases()).toEqual([{ reference, paymentId, outcome: 'succeeded' }]);
    });

    it('is one row when two processes learn it at the same time', async () => {
      const second = await shop.second();
      const other = second.app.get(PaymentTracker);
      const expected: string[] = [];
      for (let round = 0; round < 8; round += 1) {
        const purchase = await startPurchase(shop, visitor);
        expected.push(purchase.reference);
        const path = answerAtBank(shop, purchase, 'approve');
        await Promise.all([
          other.sweep(),
          visitor.get(path),
          new Visitor(second.url).get(path),
          sweep(),
        ]);
      }
      await sweep();
      const rows = await shop.data.purchases();
      expect(rows.map(({ reference }) => reference).toSorted()).toEqual(expected.toSorted());
    });

    it('is learned by a page that another process serves', async () => {
      const second = await shop.second();
      const purchase = await startPurchase(shop, visitor);
      const path = answerAtBank(shop, purchase, 'approve');
      const returned = await new Visitor(second.url).get(path);
      expect(returned.headers.get('location')).toMatch(/^\/payment\/success/);
      expect(await visitor.read(purchase.statusUrl)).toContain('Payment successful');
    });

    it('reaches a live page although another process has recorded it', async () => {
      const second = await shop.second();
      const purchase = await startPurchase(shop, visitor);
      const events = readEvents(await visitor.get(`${purchase.statusUrl}/events`));
      expect((await events.next()).value).toMatchObject({ status: 'pending' });
      await new Visitor(second.url).get(answerAtBank(shop, purchase, 'approve'));
      expect(await shop.data.purchases()).toHaveLength(1);
      expect((await events.next()).value).toMatchObject({ status: 'succeeded' });
      expect((await events.next()).done).toBe(true);
    });

    it('is no success when the gateway names another amount', async () => {
      const purchase = await startPurchase(shop, visitor);
      const path = answerAtBank(shop, purchase, 'approve');
      const payments = shop.app.get(PaymentsService);
      const genuine = payments.get.bind(payments);
      const spoiled = jest
        .spyOn(payments, 'get')
        .mockImplementation(async (...args): Promise<Payment> => ({
          ...(await genuine(...args)),
          requestedAmount: 1451,
        }));
      const response = await visitor.get(path);
      expect(response.headers.get('location')).toBe(`/payment/error?ref=${purchase.reference}`);
      spoiled.mockRestore();
      await visitor.get(path);
      await sweep();
      expect(await shop.data.purchases()).toEqual([]);
      expect(await visitor.read(purchase.statusUrl)).toMatch(
        /does not match your order\. Please do not pay again/,
      );
      expect(await visitor.read(`/payment/success?ref=${purchase.reference}`)).not.toContain(
        'Payment successful',
      );
    });

    it('is shown as being checked when nobody could find it out', async () => {
      const { statusUrl } = await startPurchase(shop, visitor);
      const tracker = shop.app.get(PaymentTracker);
      const find = tracker.get.bind(tracker);
      const given = jest.spyOn(tracker, 'get').mockImplementation(async (requestId) => {
        const found = await find(requestId);
        return found && { ...found, state: 'needs_attention', reason: 'no_outcome' };
      });
      expect(await visitor.json(`${statusUrl}/state`)).toMatchObject({
        status: 'needs_attention',
        text: expect.stringContaining('do not pay again'),
        resultUrl: expect.stringContaining('/payment/error?ref='),
      });
      expect(await visitor.read('/')).toContain('You have a payment in progress');
      given.mockRestore();
    });
  });

  describe(`two shops that start at once on ${name}`, () => {
    it('make the tables together', async () => {
      const data = open();
      const shops = await Promise.all([startShop({}, data), startShop({}, data)]);
      for (const shop of shops) {
        const visitor = await shop.visitor();
        expect((await visitor.post('/checkout', aCheckout())).status).toBe(201);
      }
      for (const shop of shops) {
        await shop.close();
      }
    });
  });
}
