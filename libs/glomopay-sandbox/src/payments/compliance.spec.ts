import { describe, expect, it } from '@jest/globals';
import { aPayment, badRequest, read, useSandbox } from '../../test/client.js';

const DAY_MS = 86_400_000;

describe('a payment on an account that screens cards after they have paid', () => {
  const client = useSandbox({
    openingBalance: 0,
    account: { screening: { card: true, transfer: false } },
  });

  async function held() {
    const { orderId, paymentId } = await client().payment({}, { amount: 6623 });
    client().sandbox.completePayment(paymentId, 'approve');
    const path = `/api/v1/payment/${paymentId}`;
    const payment = (await client().get(path)).json;
    const rfiId = read(payment, 'rfi', 'id');
    const requirement = read(payment, 'rfi', 'documents_required', '0', 'rfi_doc_id');
    const respond = (rfi_doc_id = requirement) =>
      client().call('PATCH', `/api/v1/rfis/${rfiId}/respond`, {
        documents: [{ rfi_doc_id, doc_id: 'doc_1' }],
      });
    const now = async () => (await client().get(path)).json;
    return { orderId, paymentId, path, payment, rfiId, requirement, respond, now };
  }

  const events = () =>
    client()
      .sandbox.webhooks.events()
      .map(({ type }) => type)
      .toReversed();
  const usd = () => client().sandbox.balances.amountOf('USD');

  it('has succeeded, is asked about, and brings no usable money', async () => {
    const { orderId, payment } = await held();
    expect(payment).toMatchObject({
      status: 'success',
      compliance_status: 'action_required',
      funds_available: false,
      error_code: null,
      rfi: { documents_required: [{ description: 'Passport', max_count: 1 }] },
    });
    expect(client().sandbox.orders.get(orderId)?.status).toBe('paid');
    expect(usd()).toBe(0);
    expect(events()).toEqual([
      'payment.success',
      'payment.compliance_action_required',
      'orders.paid',
    ]);
  });

  it('is answered through its RFI, and brings its money once compliance approves', async () => {
    const { respond, now } = await held();
    expect((await respond()).status).toBe(200);
    expect(await now()).toMatchObject({
      compliance_status: 'under_review',
      funds_available: false,
      rfi: { documents_required: null },
    });
    await client().sandbox.clock.advance(5000);
    expect(await now()).toMatchObject({
      status: 'success',
      compliance_status: 'approved',
      funds_available: true,
    });
    expect(usd()).toBe(6623 - 199);
    expect(events().slice(3)).toEqual([
      'payment.compliance_under_review',
      'payment.compliance_approved',
      'payment.funds_available',
    ]);
    await client().sandbox.clock.advance(DAY_MS);
    expect(usd()).toBe(6623 - 199);
  });

  it('never brings money that compliance has rejected', async () => {
    const { respond, now, rfiId, orderId } = await held();
    await respond();
    client().sandbox.reviewRfi(rfiId, 'reject');
    await client().sandbox.clock.advance(DAY_MS);
    expect(await now()).toMatchObject({
      status: 'success',
      compliance_status: 'rejected',
      funds_available: false,
    });
    expect(usd()).toBe(0);
    expect(client().sandbox.orders.get(orderId)?.status).toBe('paid');
    expect(events().at(-1)).toBe('payment.compliance_rejected');
  });

  it('can be asked about again under the same RFI, for another document', async () => {
    const { respond, now, rfiId, requirement } = await held();
    await respond();
    client().sandbox.reviewRfi(rfiId, 'ask_again');
    const again = await now();
    expect(again).toMatchObject({ compliance_status: 'action_required', rfi: { id: rfiId } });
    const wanted = read(again, 'rfi', 'documents_required', '0', 'rfi_doc_id');
    expect(wanted).not.toBe(requirement);
    expect((await respond()).status).toBe(400);
    expect((await respond(wanted)).status).toBe(200);
    await client().sandbox.clock.advance(5000);
    expect(await now()).toMatchObject({ compliance_status: 'approved' });
  });

  it('stays held for good when nobody answers', async () => {
    const { respond, now } = await held();
    await client().sandbox.clock.advance(17 * DAY_MS);
    expect(client().sandbox.rfis.list()[0]?.status).toBe('expired');
    expect((await respond()).json).toEqual(
      badRequest('Invalid rfi_doc_id or rfi not in action_required status'),
    );
    expect(await now()).toMatchObject({
      compliance_status: 'action_required',
      funds_available: false,
    });
    expect(usd()).toBe(0);
  });

  it('is answered by the older route too, below /payment only', async () => {
    const { paymentId, path, requirement } = await held();
    const documents = [{ id: 'doc_1', rfi_doc_id: requirement }];
    const other = await client().call('PATCH', `/api/v1/payments/${paymentId}/update_rfi`, {
      documents,
    });
    expect(other.status).toBe(404);
    const answer = await client().call('PATCH', `${path}/update_rfi`, { documents });
    expect([answer.status, answer.json]).toMatchObject([
      200,
      { id: paymentId, compliance_status: 'under_review' },
    ]);
    expect((await client().call('PATCH', `${path}/update_rfi`, { documents })).json).toEqual(
      badRequest('Invalid rfi_doc_id or payment not in action_required status'),
    );
  });

  it('is listed by its compliance', async () => {
    const { paymentId } = await held();
    const list = (status: string) => client().get(`/api/v1/payment?compliance_status=${status}`);
    expect((await list('action_required')).json).toMatchObject({ data: [{ id: paymentId }] });
    expect((await list('approved')).json).toMatchObject({ data: [] });
  });

  it('is an ordinary one when nothing is found', async () => {
    const { paymentId } = await client().payment();
    client().sandbox.completePayment(paymentId, 'approve');
    expect(client().sandbox.payments.get(paymentId)).toMatchObject({
      compliance_status: null,
      rfi: null,
      funds_available: true,
    });
    expect(usd()).toBe(970);
    expect(events()).toEqual(['payment.success', 'orders.paid']);
  });
});

describe('an RFI', () => {
  const client = useSandbox();

  it('is reviewed only while it is under review', () => {
    expect(() => client().sandbox.reviewRfi('rfi_1', 'approve')).toThrow('Rfi not found');
  });

  it('asks nothing about a payment that nobody screens', async () => {
    const { paymentId } = await client().payment();
    client().sandbox.completePayment(paymentId, 'approve');
    const answer = await client().call('PATCH', `/api/v1/payment/${paymentId}/update_rfi`, {
      documents: [{ id: 'doc_1', rfi_doc_id: 'rfidoc_1' }],
    });
    expect(answer.status).toBe(400);
  });
});

describe('a bank that declines', () => {
  const client = useSandbox();

  it.each(['CARD_EXPIRED', 'A_CODE_OF_TOMORROW'])('says why: %s', async (errorCode) => {
    const { paymentId } = await client().payment();
    client().sandbox.completePayment(paymentId, 'decline', { errorCode });
    expect(client().sandbox.payments.get(paymentId)).toMatchObject({
      status: 'failed',
      error_code: errorCode,
    });
  });

  it('says why over HTTP too, and takes no text that is no code', async () => {
    const { paymentId } = await client().payment();
    const complete = (error_code: string) =>
      client().post(`/_sandbox/payments/${paymentId}/complete`, { outcome: 'decline', error_code });
    expect((await complete('card expired')).status).toBe(400);
    expect(client().sandbox.payments.get(paymentId)?.status).toBe('in_progress');
    expect((await complete('INSUFFICIENT_BALANCE')).status).toBe(200);
    expect(client().sandbox.payments.get(paymentId)?.error_code).toBe('INSUFFICIENT_BALANCE');
  });
});

describe('splits of a payment', () => {
  const client = useSandbox({ account: { splits: ['psplit_1'] } });

  it('are those of the account, and no others', async () => {
    const order = await client().order();
    const pay = (...split_ids: string[]) =>
      client().post('/api/v1/payments', aPayment(order, { split_ids }));
    expect((await pay('psplit_1')).status).toBe(201);
    expect((await pay('psplit_1', 'psplit_2')).json).toEqual(
      badRequest(
        'Validation failed: Split ids are invalid or no longer point at a dynamic rule: psplit_2',
      ),
    );
  });
});

describe('filters of payments', () => {
  const client = useSandbox();

  it.each(['customer_id=order_1', 'subscription_id=cust_1', 'payin_id=cust_1'])(
    'refuse the id of another kind: %s',
    async (query) => {
      expect((await client().get(`/api/v1/payment?${query}`)).status).toBe(400);
    },
  );
});
