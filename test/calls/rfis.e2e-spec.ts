import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { RfisService, type RfiAnswer } from 'nestjs-glomopay';
import { anOrderBody, aPaymentBody } from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder, type Reply } from '../support/library/recorder.js';
import { anOrder, aPayment } from '../support/library/requests.js';

const answers: readonly RfiAnswer[] = [{ rfiDocId: 'rfidoc_1', documentId: 'doc_1' }];

describe('compliance asks', () => {
  let sandbox: GlomopaySandbox;
  let library: OpenLibrary;
  beforeEach(async () => {
    sandbox = await GlomopaySandbox.start({
      account: { screening: { card: true, transfer: false } },
    });
    library = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
  });
  afterEach(async () => {
    await library.close();
    await sandbox.stop();
  });

  async function heldPayment() {
    const input = anOrder({ customerId: sandbox.demoCustomerId, amount: 6623 });
    const order = await library.orders.create(input);
    const { paymentId } = await library.payments.create(aPayment({ orderId: order.id }));
    sandbox.completePayment(paymentId, 'approve');
    const payment = await library.payments.get(paymentId);
    return { payment, rfiId: payment.rfi?.id ?? '', answers: answersTo(payment.rfi) };
  }

  /** A requirement is handed on as it came. */
  function answersTo(asked: { documentsRequired: readonly { rfiDocId: string }[] } | null) {
    const wanted = asked?.documentsRequired ?? [];
    return wanted.map(({ rfiDocId }) => ({ rfiDocId, documentId: 'doc_1' }));
  }

  it('about a payment, which has succeeded and brings no usable money', async () => {
    const { payment } = await heldPayment();
    expect(payment).toMatchObject({
      status: 'success',
      complianceStatus: 'action_required',
      fundsAvailable: false,
      rfi: { documentsRequired: [{ description: 'Passport', maxCount: 1 }] },
    });
  });

  it('and approves what was answered through the payment', async () => {
    const { payment, answers: given } = await heldPayment();
    await expect(library.payments.submitRfi(payment.id, given)).resolves.toMatchObject({
      complianceStatus: 'under_review',
      rfi: { documentsRequired: [] },
    });
    await sandbox.clock.advance(5000);
    await expect(library.payments.get(payment.id)).resolves.toMatchObject({
      status: 'success',
      complianceStatus: 'approved',
      fundsAvailable: true,
    });
  });

  it('and rejects what was answered through the request', async () => {
    const { payment, rfiId, answers: given } = await heldPayment();
    const rfis = library.module.get(RfisService);
    expect((await rfis.list()).data).toMatchObject([{ id: rfiId, status: 'action_required' }]);
    expect(await rfis.respond(rfiId, given)).toMatchObject({ id: rfiId, status: 'under_review' });
    sandbox.reviewRfi(rfiId, 'reject');
    await expect(library.payments.get(payment.id)).resolves.toMatchObject({
      status: 'success',
      complianceStatus: 'rejected',
      fundsAvailable: false,
    });
  });

  it('and asks again, for something else', async () => {
    const { payment, rfiId, answers: given } = await heldPayment();
    await library.payments.submitRfi(payment.id, given);
    sandbox.reviewRfi(rfiId, 'ask_again');
    const again = answersTo((await library.payments.get(payment.id)).rfi);
    expect(again).not.toEqual(given);
    await expect(library.payments.submitRfi(payment.id, again)).resolves.toMatchObject({
      complianceStatus: 'under_review',
    });
  });

  it('and takes no answer after the deadline', async () => {
    const { payment, answers: given } = await heldPayment();
    await sandbox.clock.advance(17 * 86_400_000);
    const thrown = await failureOf(library.payments.submitRfi(payment.id, given));
    expect(thrown).toMatchObject({ outcome: 'rejected', status: 400 });
    expect((await library.payments.get(payment.id)).fundsAvailable).toBe(false);
  });

  it('takes one answer, though its answer got lost', async () => {
    const { payment, answers: given } = await heldPayment();
    sandbox.faults.next('PATCH /api/v1/rfis/:id/respond', 'drop-after-commit');
    await expect(library.payments.submitRfi(payment.id, given)).resolves.toMatchObject({
      complianceStatus: 'under_review',
    });
  });

  it('nothing about an ordinary payment, so that nothing can be answered', async () => {
    const order = await library.orders.create(anOrder({ customerId: sandbox.demoCustomerId }));
    const { paymentId } = await library.payments.create(aPayment({ orderId: order.id }));
    sandbox.completePayment(paymentId, 'approve');
    const thrown = await failureOf(library.payments.submitRfi(paymentId, answers));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_VALIDATION', outcome: 'not_sent' });
    expect(sandbox.requests.count('PATCH /api/v1/rfis/:id/respond')).toBe(0);
  });

  it('about a new order, which is active once the answer is approved', async () => {
    sandbox.account.orderReview = true;
    const order = await library.orders.create(anOrder({ customerId: sandbox.demoCustomerId }));
    expect(order.status).toBe('action_required');
    const given = order.rfiDocuments.map(({ rfiDocId }) => ({ rfiDocId, documentId: 'doc_1' }));
    sandbox.faults.next('PATCH /api/v1/orders/:id/update-rfi', 'drop-after-commit');
    await expect(library.orders.submitRfi(order.id, given)).resolves.toMatchObject({
      status: 'under_review',
      rfiDocuments: [],
    });
    await sandbox.clock.advance(5000);
    expect((await library.orders.get(order.id)).status).toBe('active');
  });
});

describe('an answer to compliance', () => {
  let gateway: Recorder;
  let library: OpenLibrary;
  const reset: Reply = (_, response) => void response.socket?.resetAndDestroy();
  const rfi = (change: object = {}) => ({ id: 'rfi_1', status: 'under_review', ...change });
  const asked = (change: object = {}) =>
    aPaymentBody({ rfi_id: 'rfi_1', compliance_status: 'action_required', ...change });
  const paymentId = 'payt_691eeb9aV79Uk';
  const orderId = 'order_68c00b7btsthf';

  beforeEach(async () => {
    gateway = await Recorder.start();
    gateway.always({ status: 500, body: {} });
    library = await openLibrary(gateway.url);
  });
  afterEach(async () => {
    await library.close();
    await gateway.stop();
  });

  const respond = () => library.module.get(RfisService).respond('rfi_1', answers);

  it('goes to the request that a payment has under `rfi_id` alone', async () => {
    gateway.next({ body: asked() }, { body: {} }, { body: asked({ compliance_status: null }) });
    const { rfi: found } = await library.payments.submitRfi(paymentId, answers);
    expect(found).toMatchObject({ id: 'rfi_1', documentsRequired: [], responseDeadline: null });
    expect(gateway.calls()).toEqual([
      `GET /api/v1/payments/${paymentId}`,
      'PATCH /api/v1/rfis/rfi_1/respond',
      `GET /api/v1/payments/${paymentId}`,
    ]);
  });

  it('is no fault of the caller when a payment names a request that is none', async () => {
    gateway.next({ body: asked({ rfi_id: '../balances' }) });
    const thrown = await failureOf(library.payments.submitRfi(paymentId, answers));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_RESPONSE_MALFORMED', path: 'payment.rfi.id' });
    expect(gateway.requests).toHaveLength(1);
  });

  it.each(['under_review', 'closed'])(
    'is believed after lost answers when the request is %s',
    async (status) => {
      gateway.next(reset, reset, reset, { body: rfi({ status }) });
      await expect(respond()).resolves.toMatchObject({ status });
    },
  );

  it.each(['action_required', 'open', 'expired', null])(
    'is unknown after them when the request is %s',
    async (status) => {
      gateway.next(reset, reset, reset, { body: rfi({ status }) });
      expect(await failureOf(respond())).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    },
  );

  it.each(['action_required', null, 'a_new_word'])(
    'is unknown after them when the compliance of the payment is %s',
    async (compliance_status) => {
      gateway.next({ body: asked() }, reset, reset, reset, { body: asked({ compliance_status }) });
      const thrown = await failureOf(library.payments.submitRfi(paymentId, answers));
      expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    },
  );

  it('about an order is taken for given after them when the order waits no more', async () => {
    gateway.next(reset, reset, reset, { body: anOrderBody({ status: 'active' }) });
    await expect(library.orders.submitRfi(orderId, answers)).resolves.toMatchObject({
      status: 'active',
    });
  });

  it('about an order is unknown after them while the order waits', async () => {
    gateway.next(reset, reset, reset, { body: anOrderBody({ status: 'action_required' }) });
    expect(await failureOf(library.orders.submitRfi(orderId, answers))).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      advice: expect.stringContaining('Fetch the order'),
    });
  });

  it.each([
    [[]],
    [[{ rfiDocId: '', documentId: 'doc_1' }]],
    [[{ rfiDocId: 'rfidoc_1', documentId: 'rfidoc_1' }]],
    [[{ rfiDocId: 'rfidoc_1' } as RfiAnswer]],
  ])('is not sent when it is none: %j', async (wrong) => {
    const calls = [
      () => library.orders.submitRfi(orderId, wrong),
      () => library.payments.submitRfi(paymentId, wrong),
      () => library.module.get(RfisService).respond('rfi_1', wrong),
    ];
    for (const call of calls) {
      expect(await failureOf(call())).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
    }
    expect(gateway.calls()).toEqual([]);
  });
});
