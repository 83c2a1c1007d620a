import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aPageBody, aPaymentBody, aRefundBody } from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { holdLimits, silence } from '../support/library/held-limits.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder, type Reply } from '../support/library/recorder.js';
import { aRefund } from '../support/library/requests.js';

let gateway: Recorder;
let library: OpenLibrary;

holdLimits();

beforeAll(async () => {
  gateway = await Recorder.start();
});
beforeEach(async () => {
  gateway.reset();
  library = await openLibrary(gateway.url);
});
afterEach(() => library.close());
afterAll(() => gateway.stop());

const PAYMENT = 'payt_691eeb9aV79Uk';
const CREATE = 'POST /api/v1/refunds';
const LOOK = 'GET /api/v1/refunds?request_id=refund-1';

const reset: Reply = (_, response) => void response.socket?.resetAndDestroy();
const refused = (message: string, status = 400, error = 'Bad Request'): Reply => ({
  status,
  body: { error, message },
});
const fullyRefunded = refused('already fully refunded', 400, 'Refund creation failed');
const locked: Reply = { status: 409, body: { message: 'Refund is being processed' } };
const accepted: Reply = { status: 202, body: aRefundBody() };
const page = (...data: readonly object[]): Reply => ({ body: aPageBody(data) });

describe('refunds.create', () => {
  it('sends every member under its own name', async () => {
    gateway.next(accepted);
    const input = {
      paymentId: PAYMENT,
      reason: 'Fraudulent',
      requestId: 'refund-1',
      amount: 500,
      documentId: 'doc_nYUqLpuYQ0M8',
      documentUrl: 'https://documents.example/return-slip',
      fileName: 'return slip.pdf',
    } as const;
    await expect(library.refunds.create(input)).resolves.toMatchObject({
      id: 'refund_6776d57dnbTWj',
      status: 'in_progress',
      amount: 3746,
      currency: 'AED',
      fees: { fxFees: { amount: 0, currency: 'USD' }, txnFees: { amount: 0, currency: 'USD' } },
      replayed: false,
    });
    expect(gateway.requests).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/refunds',
        json: {
          payment_id: PAYMENT,
          reason: 'Fraudulent',
          request_id: 'refund-1',
          amount: 500,
          document_id: 'doc_nYUqLpuYQ0M8',
          document_url: 'https://documents.example/return-slip',
          file_name: 'return slip.pdf',
        },
      },
    ]);
  });

  it.each([
    ['no requestId', { requestId: undefined }, 'requestId'],
    ['an empty requestId', { requestId: '' }, 'requestId'],
    ['a reason in other letters', { reason: 'requested by customer' }, 'reason'],
    ['a reason of the gateway', { reason: 'Refunded For Subscription Verification' }, 'reason'],
    ['an amount of nothing', { amount: 0 }, 'amount'],
    ['an amount with a fraction', { amount: 10.5 }, 'amount'],
    ['an amount as a text', { amount: '500' }, 'amount'],
    ['the id of an order', { paymentId: 'order_68c00b7btsthf' }, 'paymentId'],
    ['a path as an id', { paymentId: 'payt_1/../../orders' }, 'paymentId'],
  ])('sends nothing with %s', async (_, change, path) => {
    const thrown = await failureOf(library.refunds.create({ ...aRefund(), ...change } as never));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
      violations: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(gateway.requests).toEqual([]);
  });

  it.each([
    [201, 'success'],
    [202, 'under_review'],
    [202, 'action_required'],
    [422, 'failed'],
    [422, 'cancelled'],
  ])('takes a %i with the refund for what it is: %s', async (status, said) => {
    gateway.next({ status, body: aRefundBody({ status: said }) });
    await expect(library.refunds.create(aRefund())).resolves.toMatchObject({
      status: said,
      replayed: false,
    });
    expect(gateway.calls()).toEqual([CREATE]);
  });

  it('reads the older words for what is still the same', async () => {
    const money = { amount: 5, currency: 'USD' };
    gateway.next({
      status: 202,
      body: aRefundBody({ status: 'pending', fees: { fx_fee: money, txn_fee: money } }),
    });
    await expect(library.refunds.create(aRefund())).resolves.toMatchObject({
      status: 'in_progress',
      fees: { fxFees: money, txnFees: money },
      raw: { status: 'pending' },
    });
  });

  it('refuses a 422 without a refund, after one look', async () => {
    gateway.next(refused('Refund cannot be made', 422), page());
    const thrown = await failureOf(library.refunds.create(aRefund()));
    expect(thrown).toMatchObject({ outcome: 'rejected', status: 422 });
    expect(gateway.calls()).toEqual([CREATE, LOOK]);
  });

  it('waits while another refund of the payment is being processed', async () => {
    gateway.next(locked, locked, accepted);
    await expect(library.refunds.create(aRefund())).resolves.toMatchObject({ replayed: false });
    expect(gateway.calls()).toEqual([CREATE, CREATE, CREATE]);
    expect(library.clock.pauses).toHaveLength(2);
  });

  it.each([
    ['a lost answer', reset],
    ['no answer in time', silence],
    ['a 502', { status: 502, body: {} }],
    ['half an answer', { status: 202, body: '{"id":"refund_' }],
  ] satisfies readonly (readonly [string, Reply])[])(
    'ends in the one refund after %s, though the gateway says that nothing is left',
    async (_, lost) => {
      gateway.next(lost, fullyRefunded, page(aRefundBody()));
      await expect(library.refunds.create(aRefund())).resolves.toMatchObject({
        id: 'refund_6776d57dnbTWj',
        replayed: true,
      });
      expect(gateway.calls()).toEqual([CREATE, CREATE, LOOK]);
      const [first, second] = gateway.requests;
      expect(second?.json).toEqual(first?.json);
    },
  );

  it.each([
    ['the documented text', refused('Refund already exists for this request_id')],
    ['that of a race', refused('Record already exists', 409, 'Conflict')],
    ['an older text', { status: 400, body: { message: 'Refund is already in progress.' } }],
  ] satisfies readonly (readonly [string, Reply])[])(
    'gives the earlier refund back when it is refused by %s',
    async (_, refusal) => {
      gateway.next(refusal, page(aRefundBody({ status: 'success', utr: 'UTR1' })));
      await expect(library.refunds.create(aRefund())).resolves.toMatchObject({
        status: 'success',
        utr: 'UTR1',
        replayed: true,
      });
    },
  );

  it('believes a refusal when there is no refund', async () => {
    gateway.next(fullyRefunded, page());
    const thrown = await failureOf(library.refunds.create(aRefund()));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_API',
      outcome: 'rejected',
      status: 400,
      gatewayMessage: 'already fully refunded',
    });
  });

  it('says that nobody knows when it was refused and could not look', async () => {
    gateway.next(fullyRefunded).always({ status: 401, body: {} });
    const thrown = await failureOf(library.refunds.create(aRefund()));
    expect(thrown).toMatchObject({ outcome: 'unknown', requestId: 'refund-1' });
  });

  it('says that nobody knows when no try was answered and none is listed', async () => {
    gateway.next(reset, reset, reset).always(page());
    const thrown = await failureOf(library.refunds.create(aRefund()));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN', requestId: 'refund-1' });
    expect(gateway.count('POST')).toBe(3);
  });

  it('shows no name and no address of a document, whatever the gateway says', async () => {
    const documentUrl = 'https://documents.example/private-slip';
    const fileName = 'medical record.pdf';
    gateway.next(refused(`${fileName} at ${documentUrl} is no document`), page());
    const thrown = await failureOf(library.refunds.create(aRefund({ documentUrl, fileName })));
    const shown = [inspect(thrown, { depth: 9, showHidden: true }), JSON.stringify(thrown)].join();
    expect(shown).toContain('is no document');
    expect(shown).not.toMatch(/medical|private-slip/);
  });
});

describe('an answer to a refund', () => {
  it.each([202, 422])('of another payment is not believed (%i)', async (status) => {
    const other = { status, body: aRefundBody({ payment_id: 'payt_another' }) };
    gateway.next(other, other, other);
    const thrown = await failureOf(library.refunds.create(aRefund()));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
  });

  it('is given as it is, the name of its file too', async () => {
    const fileName = 'medical record of a buyer.pdf';
    const documents = [{ id: 'doc_nYUqLpuYQ0M8', file_name: fileName }];
    gateway.next({ status: 202, body: aRefundBody({ documents }) });
    await expect(library.refunds.create(aRefund({ fileName }))).resolves.toMatchObject({
      raw: { documents },
    });
  });
});

describe('a refund found under a requestId', () => {
  const duplicate = refused('Refund already exists for this request_id');
  const asCharged = aPaymentBody({ payment_currency: 'USD', payment_amount: 1000 });
  const inUsd = { currency: 'USD', amount: 400, partial_refund: true };

  it.each([
    ['all, of all', {}, {}, aPaymentBody()],
    ['all, by an amount as high as the payment', { amount: 1000 }, {}, aPaymentBody()],
    ['all, by an amount above it', { amount: 5000 }, {}, aPaymentBody()],
    ['a part, of that part', { amount: 400 }, inUsd, asCharged],
    [
      'a part, of a part in another currency',
      { amount: 400 },
      { partial_refund: true },
      aPaymentBody(),
    ],
    [
      'a part, with a fee between',
      { amount: 400 },
      { ...inUsd, amount: 412 },
      aPaymentBody({ payment_currency: 'USD', payment_amount: 1030 }),
    ],
    ['all, of one that does not say whether it is', {}, { partial_refund: null }, aPaymentBody()],
  ])('is the one that was asked for: %s', async (_, asked, found, payment) => {
    gateway.next(duplicate, page(aRefundBody(found)), { body: payment });
    const refund = await library.refunds.create(aRefund(asked));
    expect(refund).toMatchObject({ replayed: true });
    expect(refund).not.toHaveProperty('payment');
    // Only an amount has to be compared.
    expect(gateway.count('GET')).toBe('amount' in asked ? 2 : 1);
  });

  it.each([
    ['of another payment', {}, { payment_id: 'payt_another' }, aPaymentBody(), 'paymentId'],
    ['of a part, for all', {}, { partial_refund: true }, aPaymentBody(), 'amount'],
    ['of all, for a part', { amount: 400 }, { partial_refund: false }, aPaymentBody(), 'amount'],
    ['of another part', { amount: 300 }, inUsd, asCharged, 'amount'],
    ['of a part, for all by an amount', { amount: 1000 }, inUsd, asCharged, 'amount'],
  ])('is another one: %s', async (_, asked, found, payment, member) => {
    gateway.next(duplicate, page(aRefundBody(found)), { body: payment });
    const thrown = await failureOf(library.refunds.create(aRefund(asked)));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_REQUEST_ID_CONFLICT',
      requestId: 'refund-1',
      message: expect.stringContaining(member),
    });
    expect(gateway.count('POST')).toBe(1);
  });

  it('is not chosen among two', async () => {
    gateway.next(duplicate, page(aRefundBody(), aRefundBody({ id: 'refund_another' })));
    const thrown = await failureOf(library.refunds.create(aRefund()));
    expect(thrown).toMatchObject({ outcome: 'unknown' });
  });
});

describe('refunds.submitRfi', () => {
  const answers = [{ rfiDocId: 'rfidoc_1', documentId: 'doc_1' }] as const;
  const submit = () => library.refunds.submitRfi('refund_6776d57dnbTWj', answers);
  const waiting = aRefundBody({ status: 'action_required' });
  const reviewed = aRefundBody({ status: 'under_review' });

  it('hands in each document by its requirement, at the path with the underscore', async () => {
    gateway.next({ body: reviewed });
    await expect(submit()).resolves.toMatchObject({ status: 'under_review' });
    expect(gateway.requests).toMatchObject([
      {
        method: 'PATCH',
        path: '/api/v1/refunds/refund_6776d57dnbTWj/update_rfi',
        json: { documents: [{ id: 'doc_1', rfi_doc_id: 'rfidoc_1' }] },
      },
    ]);
  });

  it('is found to have been done when its answers got lost', async () => {
    gateway.next(reset, reset, reset, { body: reviewed });
    await expect(submit()).resolves.toMatchObject({ status: 'under_review' });
  });

  it('is unknown when its answers got lost and the refund still waits', async () => {
    gateway.next(reset, reset, reset, { body: waiting });
    expect(await failureOf(submit())).toMatchObject({ outcome: 'unknown' });
  });

  it.each([
    ['no answer', []],
    ['a hole', [undefined]],
    ['the ids the other way round', [{ rfiDocId: 'doc_1', documentId: 'rfidoc_1' }]],
    ['a further member', [{ ...answers[0], name: 'Passport' }]],
  ])('sends nothing with %s', async (_, spoiled) => {
    const thrown = await failureOf(
      library.refunds.submitRfi('refund_6776d57dnbTWj', spoiled as never),
    );
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
    expect(gateway.requests).toEqual([]);
  });
});

describe('refunds.refundable', () => {
  const part = (id: string, change: object = {}) =>
    aRefundBody({ id, currency: 'USD', amount: 100, partial_refund: true, ...change });
  const payment: Reply = {
    body: aPaymentBody({ payment_currency: 'USD', payment_amount: 1000 }),
  };

  it('counts the refunds of every page, each once, and those of the payment alone', async () => {
    gateway.next(
      payment,
      { body: aPageBody([part('refund_1'), part('refund_2')], { next: 2, pages: 2 }) },
      page(part('refund_2'), part('refund_3', { payment_id: 'payt_another' }), part('refund_4')),
    );
    await expect(library.refunds.refundable(PAYMENT)).resolves.toMatchObject({
      paymentId: PAYMENT,
      amount: { amount: 700, currency: 'USD' },
      obstacles: [],
    });
    expect(gateway.calls()).toEqual([
      `GET /api/v1/payments/${PAYMENT}`,
      `GET /api/v1/refunds?page=1&per_page=100&payment_id=${PAYMENT}`,
      `GET /api/v1/refunds?page=2&per_page=100&payment_id=${PAYMENT}`,
    ]);
  });

  it('tells nothing when a refund cannot be read', async () => {
    gateway.next(payment, page(part('refund_1'), part('refund_2', { amount: '100' })));
    const thrown = await failureOf(library.refunds.refundable(PAYMENT));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_RESPONSE_MALFORMED',
      path: 'refund.amount',
    });
  });

  it.each([
    ['names itself as the next page', { next: 1, pages: 3 }],
    ['leaves a page out', { next: 3, pages: 3 }],
    ['has no next page, and is not the last', { next: null, pages: 2 }],
    ['has a next page, and is the last', { next: 2, pages: 1 }],
  ])('tells nothing when a list %s, because a refund may be missing', async (_, meta) => {
    gateway.next(payment, { body: aPageBody([part('refund_1')], meta) });
    const thrown = await failureOf(library.refunds.refundable(PAYMENT));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_RESPONSE_MALFORMED',
      path: 'page.page_meta.next',
    });
  });

  it('tells nothing of another payment than was asked for', async () => {
    gateway.next({ body: aPaymentBody({ id: 'payt_another' }) });
    const thrown = await failureOf(library.refunds.refundable(PAYMENT));
    expect(thrown).toMatchObject({ outcome: 'unknown' });
  });

  it('asks nobody about what is no payment', async () => {
    expect(await failureOf(library.refunds.refundable('refund_1'))).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
    });
    expect(gateway.requests).toEqual([]);
  });
});

describe('refunds.list', () => {
  it('filters by everything that the gateway knows', async () => {
    gateway.next(page(aRefundBody()));
    const listed = await library.refunds.list({
      customerId: 'cust_E602dMzgjpDC',
      paymentId: PAYMENT,
      paymentMethod: 'card',
      status: 'pending',
      requestId: 'refund-1',
      after: '2025-11-01',
    });
    expect(listed.data).toMatchObject([{ id: 'refund_6776d57dnbTWj' }]);
    const [, query] = gateway.calls()[0]?.split('?') ?? [];
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      customer_id: 'cust_E602dMzgjpDC',
      payment_id: PAYMENT,
      payment_method: 'card',
      status: 'pending',
      request_id: 'refund-1',
      after: '2025-11-01',
    });
  });

  it('fetches what is iterated, and one refund by its id', async () => {
    gateway.next({ body: aPageBody([aRefundBody()], { next: 2 }) }, page(aRefundBody()), {
      body: aRefundBody(),
    });
    let count = 0;
    for await (const refund of library.refunds.listAll()) count += refund.amount;
    expect(count).toBe(2 * 3746);
    await expect(library.refunds.get('refund_6776d57dnbTWj')).resolves.toMatchObject({
      paymentId: PAYMENT,
    });
    expect(gateway.calls().at(-1)).toBe('GET /api/v1/refunds/refund_6776d57dnbTWj');
  });
});
