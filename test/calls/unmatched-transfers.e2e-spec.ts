import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { MocksService, type Payment } from 'nestjs-glomopay';
import { aPaymentBody } from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder, type Reply } from '../support/library/recorder.js';
import { anOrder } from '../support/library/requests.js';

describe('a transfer that found no payin', () => {
  let sandbox: GlomopaySandbox;
  let library: OpenLibrary;
  let transfer: Payment;

  beforeEach(async () => {
    sandbox = await GlomopaySandbox.start();
    library = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
    const mocks = library.module.get(MocksService);
    transfer = await mocks.transfer({
      amount: 1000,
      currency: 'USD',
      paymentMethod: 'BankTransfer',
    });
  });
  afterEach(async () => {
    await library.close();
    await sandbox.stop();
  });

  const order = (amount = 1000) =>
    library.orders.create(anOrder({ customerId: sandbox.demoCustomerId, amount }));
  const eligible = async () =>
    (await library.payments.eligiblePayins(transfer.id)).map(({ id }) => id);

  it('is listed with what it can be reconciled by', async () => {
    const { data, unreadable } = await library.payments.list({ status: 'action_required' });
    expect(unreadable).toEqual([]);
    expect(data).toMatchObject([
      {
        id: transfer.id,
        payinId: null,
        errorCode: 'PAYIN_NOT_FOUND',
        paymentMethod: {
          type: 'bank_transfer',
          card: null,
          transfer: { senderAccountNumber: expect.any(String) },
        },
      },
    ]);
  });

  it('may be for active orders of its amount, and pays the one that it is connected to', async () => {
    const { id } = await order();
    await order(999);
    expect(await eligible()).toEqual([id]);
    await expect(library.payments.connectPayin(transfer.id, id)).resolves.toMatchObject({
      status: 'success',
      payinId: id,
      requestedAmount: 1000,
      errorCode: null,
    });
    expect((await library.orders.get(id)).status).toBe('paid');
    expect(await eligible()).toEqual([]);
  });

  it('is connected once, though the first answer got lost', async () => {
    const { id } = await order();
    sandbox.faults.next('POST /api/v1/payment/:id/connect-payin', 'drop-after-commit');
    await expect(library.payments.connectPayin(transfer.id, id)).resolves.toMatchObject({
      status: 'success',
      payinId: id,
    });
    expect(sandbox.webhooks.events().filter(({ type }) => type === 'orders.paid')).toHaveLength(1);
  });

  it('is not connected to another order afterwards', async () => {
    const [first, second] = [await order(), await order()];
    await library.payments.connectPayin(transfer.id, first.id);
    const thrown = await failureOf(library.payments.connectPayin(transfer.id, second.id));
    expect(thrown).toMatchObject({ outcome: 'rejected', status: 400 });
    expect((await library.payments.get(transfer.id)).payinId).toBe(first.id);
    expect((await library.orders.get(second.id)).status).toBe('active');
  });

  it('is not connected to an order of another amount', async () => {
    const { id } = await order(999);
    const thrown = await failureOf(library.payments.connectPayin(transfer.id, id));
    expect(thrown).toMatchObject({ outcome: 'rejected', status: 400 });
  });

  it('shows the numbers of no account in an error', async () => {
    const number = transfer.paymentMethod?.transfer?.senderAccountNumber ?? 'none';
    const thrown = await failureOf(library.payments.connectPayin(transfer.id, 'order_none'));
    expect(thrown).toMatchObject({ status: 404 });
    expect(JSON.stringify(thrown)).not.toContain(number);
  });
});

describe('the connection of a transfer', () => {
  let gateway: Recorder;
  let library: OpenLibrary;
  const id = 'payt_691eeb9aV79Uk';
  const payinId = 'order_68c00b7btsthf';
  const reset: Reply = (_, response) => void response.socket?.resetAndDestroy();
  const connect = () => library.payments.connectPayin(id, payinId);

  beforeEach(async () => {
    gateway = await Recorder.start();
    gateway.always({ status: 500, body: {} });
    library = await openLibrary(gateway.url);
  });
  afterEach(async () => {
    await library.close();
    await gateway.stop();
  });

  it('does not believe the body of its answer: the payment is fetched', async () => {
    gateway.next({ body: {} }, { body: aPaymentBody() });
    await expect(connect()).resolves.toMatchObject({ payinId });
    expect(gateway.calls()).toEqual([
      `POST /api/v1/payment/${id}/connect-payin`,
      `GET /api/v1/payments/${id}`,
    ]);
  });

  it('is believed after three lost answers when the payment shows it', async () => {
    gateway.next(reset, reset, reset, { body: aPaymentBody() });
    await expect(connect()).resolves.toMatchObject({ payinId });
    expect(gateway.count('POST')).toBe(3);
  });

  it.each([null, 'order_another'])(
    'is unknown after them when the payment shows %s',
    async (payin_id) => {
      gateway.next(reset, reset, reset, { body: aPaymentBody({ payin_id }) });
      expect(await failureOf(connect())).toMatchObject({
        code: 'GLOMOPAY_OUTCOME_UNKNOWN',
        advice: expect.stringContaining('payinId'),
      });
    },
  );

  it('is believed when its repeat is refused and the payment shows it', async () => {
    const refused = { status: 400, body: { message: 'Not waiting' } };
    gateway.next(reset, refused, { body: aPaymentBody() });
    await expect(connect()).resolves.toMatchObject({ payinId });
  });

  it.each(['addfunds_1', 'cust_1', 'order_1/../x', ''])('is not sent for %j', async (wrong) => {
    const thrown = await failureOf(library.payments.connectPayin(id, wrong));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_VALIDATION', outcome: 'not_sent' });
    expect(gateway.calls()).toEqual([]);
  });

  it.each([
    ['a list in an object', { data: [{ id: 'order_1' }, { id: 'plink_1', amount: 5 }] }],
    ['a bare list', [{ id: 'order_1' }, { id: 'plink_1', amount: 5 }]],
  ])('finds eligible payins in %s', async (_, body) => {
    gateway.next({ body });
    await expect(library.payments.eligiblePayins(id)).resolves.toMatchObject([
      { id: 'order_1', amount: null },
      { id: 'plink_1', amount: 5 },
    ]);
  });

  it.each([{}, { data: {} }, { data: [{}] }, 'none'])(
    'finds none in what is no list of them: %j',
    async (body) => {
      gateway.always({ body });
      expect(await failureOf(library.payments.eligiblePayins(id))).toMatchObject({
        code: 'GLOMOPAY_RESPONSE_MALFORMED',
      });
    },
  );
});
