import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { PaymentTracker } from 'nestjs-glomopay';
import { aCheckout, record } from '../support/checkouts.js';
import { type RunningShop, startShop, sweepsOnDemand } from '../support/running-shop.js';
import type { Visitor } from '../support/visitor.js';

const PAY = 'POST /api/v1/payments';
const ORDER = 'POST /api/v1/orders';

describe('a checkout while the gateway fails', () => {
  let shop: RunningShop;
  let visitor: Visitor;

  beforeEach(async () => {
    shop = await startShop(sweepsOnDemand);
    visitor = await shop.visitor();
  });

  afterEach(async () => {
    await shop.close();
  });

  it('ends as one payment when the answer to it is lost, and is not paid again', async () => {
    shop.sandbox.faults.next(PAY, 'drop-after-commit');
    const response = await visitor.post('/checkout', aCheckout());
    expect(response.status).toBe(202);
    const body = record(await response.json());
    expect(body['redirectUrl']).toBeUndefined();
    expect(body['message']).toMatch(/do not pay again/);
    expect(shop.sandbox.payments.list()).toHaveLength(1);

    const [payment] = shop.sandbox.payments.list();
    shop.sandbox.completePayment(payment?.id ?? '', 'approve');
    expect(await visitor.json(`${String(body['statusUrl'])}/state`)).toMatchObject({
      status: 'succeeded',
    });
  });

  it('stays pending when every answer is lost, and finds the payment by its request id', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      shop.sandbox.faults.next(PAY, 'drop-after-commit');
    }
    for (let attempt = 0; attempt < 12; attempt += 1) {
      shop.sandbox.faults.next('GET /api/v1/payments', 'server-error', { status: 503 });
    }
    const response = await visitor.post('/checkout', aCheckout());
    expect(response.status).toBe(202);
    const { statusUrl } = record(await response.json());
    expect(shop.sandbox.payments.list()).toHaveLength(1);
    expect(await visitor.read('/')).toContain('You have a payment in progress');

    shop.sandbox.faults.clear();
    const [payment] = shop.sandbox.payments.list();
    shop.sandbox.completePayment(payment?.id ?? '', 'approve');
    await shop.app.get(PaymentTracker).sweep();
    expect(await visitor.json(`${String(statusUrl)}/state`)).toMatchObject({
      status: 'succeeded',
    });
  });

  it.each(['reset-before-processing', 'server-error', 'truncated-json', 'rate-limit'] as const)(
    'goes on after one %s, with one payment',
    async (fault) => {
      shop.sandbox.faults.next(PAY, fault);
      const response = await visitor.post('/checkout', aCheckout());
      expect([201, 202]).toContain(response.status);
      expect(shop.sandbox.payments.list()).toHaveLength(1);
      expect(shop.sandbox.orders.list()).toHaveLength(1);
    },
  );

  it('opens one order when the answer to it is lost', async () => {
    shop.sandbox.faults.next(ORDER, 'drop-after-commit');
    const response = await visitor.post('/checkout', aCheckout());
    expect(response.status).toBe(201);
    expect(shop.sandbox.orders.list()).toHaveLength(1);
  });

  it('says that nothing was charged when the gateway cannot be reached', async () => {
    await shop.sandbox.stop();
    const response = await visitor.post('/checkout', aCheckout());
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      errors: [{ field: 'form', message: expect.stringContaining('Nothing was charged') }],
    });
    expect(await visitor.read('/')).not.toContain('payment in progress');
  });

  it('makes its customer again when the gateway no longer knows it', async () => {
    await visitor.post('/checkout', aCheckout());
    const database = new Database(join(String(shop.data.environment['DATA_DIR']), 'shop.db'));
    database.exec("UPDATE shop_customers SET customer_id = 'cust_E602dMzgjpDC'");
    database.close();
    expect((await visitor.post('/checkout', aCheckout())).status).toBe(201);
    expect(shop.sandbox.orders.list()).toHaveLength(2);
  });

  it('does not replace a customer it was configured with: that would hide the mistake', async () => {
    await shop.close();
    shop = await startShop({ SHOP_CUSTOMER_ID: 'cust_E602dMzgjpDC' });
    visitor = await shop.visitor();
    expect((await visitor.post('/checkout', aCheckout())).status).toBe(503);
    expect(shop.sandbox.customers.list()).toHaveLength(1);
  });
});
