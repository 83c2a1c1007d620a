import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { anOrder, aPayment } from '../support/library/requests.js';

let sandbox: GlomopaySandbox;
let library: OpenLibrary;

beforeEach(async () => {
  sandbox = await GlomopaySandbox.start({ account: { duplicateCheckLast: true } });
  library = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
});
afterEach(async () => {
  await library.close();
  await sandbox.stop();
});

describe('a gateway that checks the request_id last', () => {
  it('refuses the repeat of a payment on a paid order, and the payment is given back', async () => {
    const order = await library.orders.create(anOrder({ customerId: sandbox.demoCustomerId }));
    const payment = aPayment({ orderId: order.id, requestId: 'p-1' });
    const first = await library.payments.create(payment);
    sandbox.completePayment(first.paymentId, 'approve');

    await expect(library.payments.create(payment)).resolves.toMatchObject({
      paymentId: first.paymentId,
      status: 'success',
      replayed: true,
    });
    expect(sandbox.payments.list()).toHaveLength(1);
  });

  it('refuses another payment on a paid order, and that holds', async () => {
    const order = await library.orders.create(anOrder({ customerId: sandbox.demoCustomerId }));
    const payment = aPayment({ orderId: order.id, requestId: 'p-1' });
    const { paymentId } = await library.payments.create(payment);
    sandbox.completePayment(paymentId, 'approve');

    const thrown = await failureOf(library.payments.create({ ...payment, requestId: 'p-2' }));
    expect(thrown).toMatchObject({ outcome: 'rejected', gatewayMessage: 'Order is already paid' });
    expect(sandbox.requests.count('GET /api/v1/payments')).toBe(1);
  });
});
