import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { CapturedLog } from '../support/captured-log.js';
import { aCustomerBody, anOrderBody, aPageBody, aPaymentBody } from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder } from '../support/library/recorder.js';

let gateway: Recorder;
let library: OpenLibrary;

beforeAll(async () => {
  gateway = await Recorder.start();
});
beforeEach(async () => {
  gateway.reset();
  library = await openLibrary(gateway.url);
});
afterEach(() => library.close());
afterAll(() => gateway.stop());

/** A transfer that arrived without anybody having asked for it (docs/gateway.md, Card payments and next steps). */
const unmatched = {
  id: 'payt_unmatched',
  payin_id: null,
  payin_type: null,
  requested_amount: null,
  requested_currency: null,
};

const lists = {
  orders: ['order.amount', anOrderBody, { amount: '4111111111111111' }],
  payments: ['payment.requested_amount', aPaymentBody, { requested_amount: '4111111111111111' }],
  customers: ['customer.id', aCustomerBody, { id: '4111111111111111' }],
} as const;

describe.each(['orders', 'payments', 'customers'] as const)('a list of %s', (name) => {
  const [path, aBody, spoil] = lists[name];

  it('gives the others when one cannot be read, and that one apart', async () => {
    gateway.always({ body: aPageBody([aBody(), aBody(spoil), null, aBody()]) });
    const page = await library[name].list();
    expect(page.data).toHaveLength(2);
    expect(page.unreadable).toEqual([
      { fault: expect.objectContaining({ path }), raw: aBody(spoil) },
      { fault: expect.objectContaining({ expected: 'an object' }), raw: null },
    ]);
    expect(page.count).toBe(4);
  });

  it('has nothing unreadable as a rule', async () => {
    gateway.always({ body: aPageBody([aBody()]) });
    expect((await library[name].list()).unreadable).toEqual([]);
  });

  it('goes on to the next page behind one that cannot be read', async () => {
    gateway.next({ body: aPageBody([aBody(spoil)], { next: 2 }) }, { body: aPageBody([aBody()]) });
    const found: unknown[] = [];
    for await (const item of library[name].listAll()) found.push(item);
    expect(found).toHaveLength(1);
  });

  it('tells the log how many and why, without what was sent', async () => {
    gateway.always({ body: aPageBody([aBody(), aBody(spoil)]) });
    const log = new CapturedLog();
    Logger.overrideLogger(log);
    await library[name].list();
    Logger.overrideLogger(false);
    expect(log.text).toContain(`1 of 2 items cannot be read and are left out (${path} is not`);
    expect(log.text).not.toContain('4111');
  });
});

describe('an unmatched transfer', () => {
  it('is listed without a requested amount', async () => {
    gateway.always({ body: aPageBody([aPaymentBody(), aPaymentBody(unmatched)]) });
    const { data, unreadable } = await library.payments.list();
    expect(unreadable).toEqual([]);
    expect(data[1]).toMatchObject({ requestedAmount: null, requestedCurrency: null });
  });

  it('is fetched without a requested amount', async () => {
    gateway.always({ body: aPaymentBody(unmatched) });
    await expect(library.payments.get('payt_unmatched')).resolves.toMatchObject({
      requestedAmount: null,
      requestedCurrency: null,
    });
  });
});

describe('a payment of an order', () => {
  it.each([null, undefined, 1.5])('is not believed with a requested amount of %p', async (odd) => {
    gateway.always({ body: aPaymentBody({ requested_amount: odd }) });
    const thrown = await failureOf(library.payments.get('payt_691eeb9aV79Uk'));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_RESPONSE_MALFORMED',
      path: 'payment.requested_amount',
    });
  });
});
