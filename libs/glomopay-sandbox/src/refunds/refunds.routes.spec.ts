import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox, type Answer } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';

const DAY_MS = 86_400_000;
const client = useSandbox({ clock: new ManualClock() });

const refused = (message: string) => ({ error: 'Refund creation failed', message });
const fullyRefunded = refused('Payment has already been fully refunded');

const get = async (id: string) => (await client().get(`/api/v1/refunds/${id}`)).json;
const mock = (id: string, status: unknown) =>
  client().call('PATCH', `/api/v1/refunds/${id}/mock_update_status`, { status });
const idOf = ({ json }: Answer) => read(json, 'id');
/** Newest first. */
const events = () =>
  client()
    .sandbox.webhooks.events()
    .map(({ type }) => type);

describe('POST /refunds', () => {
  it('gives all of a payment back, in what the buyer was charged', async () => {
    const paymentId = await client().paid();
    const answer = await client().refund(paymentId, { request_id: 'refund-1' });
    expect(answer.status).toBe(202);
    expect(answer.json).toEqual({
      id: expect.stringMatching(/^refund_/),
      customer_id: client().sandbox.demoCustomerId,
      payment_id: paymentId,
      reason: 'Requested By Customer',
      fees: {
        fx_fees: { amount: 0, currency: 'USD' },
        txn_fees: { amount: 0, currency: 'USD' },
      },
      balance_used: { amount: 1000, currency: 'USD' },
      documents: [],
      status: 'in_progress',
      currency: 'AED',
      amount: 3746,
      utr: null,
      partial_refund: false,
      created_at: '2026-03-01T12:00:00.000Z',
      updated_at: '2026-03-01T12:00:00.000Z',
    });
    expect(await get(idOf(answer))).toEqual(answer.json);
    expect(events()).not.toContain('refund.in_progress');
  });

  it.each([
    [{ payment_id: undefined }, "Payment id can't be blank"],
    [{ payment_id: 'order_1' }, 'Payment id is invalid'],
    [{ reason: undefined }, "Reason can't be blank"],
    [{ reason: 'requested by customer' }, 'Reason is not included in the list'],
    [{ reason: 'Refunded For Subscription Verification' }, 'Reason is not included in the list'],
    [{ amount: 0 }, 'Amount must be greater than or equal to 1'],
    [{ document_id: 'rfidoc_1' }, 'Document id is invalid'],
    [{ currency: 'USD' }, 'Request contains an unknown field'],
  ])('refuses %j', async (change: object, problem) => {
    const answer = await client().refund(await client().paid(), change);
    expect([answer.status, answer.json]).toEqual([
      400,
      badRequest(`Validation failed: ${problem}`),
    ]);
    expect(client().sandbox.refunds.list()).toEqual([]);
  });

  it('refuses an amount as a text in the documented words', async () => {
    const answer = await client().refund(await client().paid(), { amount: '500' });
    expect(answer.json).toEqual(badRequest('Amount must be an integer'));
  });

  it('knows no other payment', async () => {
    const answer = await client().refund('payt_691eeb9aV79Uk');
    expect([answer.status, answer.json]).toEqual([
      404,
      { error: 'Not Found', message: 'Payment not found' },
    ]);
  });

  it('refuses a payment that has not succeeded', async () => {
    const { paymentId } = await client().payment();
    expect((await client().refund(paymentId)).json).toEqual(refused('Payment is not successful'));
    client().sandbox.completePayment(paymentId, 'decline');
    expect((await client().refund(paymentId)).json).toEqual(refused('Payment is not successful'));
  });

  it('refuses a payment after 180 days, and not before', async () => {
    const paymentId = await client().paid();
    await client().sandbox.clock.advance(180 * DAY_MS);
    expect((await client().refund(paymentId, { amount: 1 })).status).toBe(202);
    await client().sandbox.clock.advance(1);
    const late = await client().refund(paymentId, { amount: 1 });
    expect([late.status, late.json]).toEqual([400, refused('Payment is older than 180 days')]);
  });

  it('gives parts back until nothing is left, which together are what was charged', async () => {
    const paymentId = await client().paid();
    const parts = [333, 333, 334].map((amount) => ({ amount, request_id: `part-${amount}` }));
    const amounts: unknown[] = [];
    for (const [index, part] of parts.entries()) {
      const { status, json } = await client().refund(paymentId, {
        ...part,
        request_id: `p-${index}`,
      });
      expect([status, json]).toMatchObject([202, { partial_refund: true }]);
      amounts.push(Reflect.get(Object(json), 'amount'));
    }
    expect(amounts).toEqual([1247, 1247, 1252]);
    expect((await client().refund(paymentId, { amount: 1 })).json).toEqual(fullyRefunded);
  });

  it('refuses a part above what is left, and takes everything above the payment for the rest', async () => {
    const paymentId = await client().paid();
    await client().refund(paymentId, { amount: 600 });
    expect((await client().refund(paymentId, { amount: 401 })).json).toEqual(
      refused('Refund amount is greater than the amount left to refund'),
    );
    const rest = await client().refund(paymentId, { amount: 1000 });
    expect(rest.json).toMatchObject({
      balance_used: { amount: 400, currency: 'USD' },
      partial_refund: false,
    });
  });

  it('counts no refund that has failed', async () => {
    const paymentId = await client().paid();
    const first = await client().refund(paymentId);
    expect((await client().refund(paymentId)).json).toEqual(fullyRefunded);
    client().sandbox.completeRefund(idOf(first), 'decline');
    expect((await client().refund(paymentId)).status).toBe(202);
  });

  it('gives parts back only where the account does', async () => {
    client().sandbox.account.partialRefunds = false;
    const paymentId = await client().paid();
    const part = await client().refund(paymentId, { amount: 999 });
    expect([part.status, part.json]).toEqual([
      400,
      refused('Partial refunds are not enabled for this business'),
    ]);
    expect((await client().refund(paymentId, { amount: 1000 })).status).toBe(202);
  });

  it('says that nothing is left before it says that the request_id was used', async () => {
    const paymentId = await client().paid();
    const once = { request_id: 'refund-1' };
    await client().refund(paymentId, once);
    expect((await client().refund(paymentId, once)).json).toEqual(fullyRefunded);
    const duplicate = badRequest('Refund already exists for this request_id');
    expect((await client().refund(await client().paid(), once)).json).toEqual(duplicate);
    client().sandbox.account.refundDuplicateCheckFirst = true;
    expect((await client().refund(paymentId, once)).json).toEqual(duplicate);
  });
});

describe('the balance', () => {
  const { amountOf, setTo } = {
    amountOf: () => client().sandbox.balances.amountOf('USD'),
    setTo: (amount: number) => {
      const { balances } = client().sandbox;
      balances.debit({ amount: balances.amountOf('USD') - amount, currency: 'USD' });
    },
  };

  it('is debited when a refund begins, and credited when it fails', async () => {
    const paymentId = await client().paid();
    const before = amountOf();
    const first = await client().refund(paymentId, { amount: 600 });
    expect(amountOf()).toBe(before - 600);
    client().sandbox.completeRefund(idOf(first), 'decline');
    expect(amountOf()).toBe(before);
    const second = await client().refund(paymentId, { amount: 600 });
    client().sandbox.completeRefund(idOf(second), 'approve');
    expect(amountOf()).toBe(before - 600);
  });

  it('has to be enough', async () => {
    const paymentId = await client().paid();
    setTo(999);
    const answer = await client().refund(paymentId);
    expect([answer.status, answer.json]).toEqual([
      400,
      refused('Insufficient balance to process this refund'),
    ]);
    expect(amountOf()).toBe(999);
    expect((await client().refund(paymentId, { amount: 999 })).status).toBe(202);
  });
});

describe('PATCH /refunds/{id}/mock_update_status', () => {
  it('is the bank, once the refund has gone there after a minute', async () => {
    const id = idOf(await client().refund(await client().paid()));
    const early = await mock(id, 'success');
    expect([early.status, early.json]).toEqual([
      400,
      { message: 'Refund cannot be marked success.' },
    ]);
    await client().sandbox.clock.advance(59_999);
    expect((await mock(id, 'success')).status).toBe(400);
    await client().sandbox.clock.advance(1);
    const ended = await mock(id, 'success');
    expect([ended.status, ended.json]).toMatchObject([200, { status: 'success', utr: null }]);
    expect((await mock(id, 'success')).status).toBe(400);
    expect((await mock(id, 'failed')).status).toBe(400);
    expect(events().filter((type) => type.startsWith('refund.'))).toEqual(['refund.success']);
  });

  it('is followed by the reference of the bank after five seconds, once', async () => {
    const id = idOf(await client().refund(await client().paid()));
    client().sandbox.completeRefund(id, 'success');
    await client().sandbox.clock.advance(4999);
    expect(await get(id)).toMatchObject({ utr: null });
    await client().sandbox.clock.advance(1);
    expect(await get(id)).toMatchObject({
      status: 'success',
      utr: expect.stringMatching(/^UTR\d+$/),
    });
    await client().sandbox.clock.advance(DAY_MS);
    expect(events().filter((type) => type.startsWith('refund.'))).toEqual([
      'refund.utr.updated',
      'refund.success',
    ]);
  });

  it('can fail at any time, and says so', async () => {
    const id = idOf(await client().refund(await client().paid()));
    expect((await mock(id, 'failed')).json).toMatchObject({ status: 'failed' });
    expect(events()).toContain('refund.failed');
  });

  it.each([undefined, 'cancelled', 'in_progress'])('takes no %s', async (status) => {
    const id = idOf(await client().refund(await client().paid()));
    expect((await mock(id, status)).status).toBe(400);
    expect(await get(id)).toMatchObject({ status: 'in_progress' });
  });

  describe('with a key of production', () => {
    const live = useSandbox({ environment: 'production' });

    it('is not there', async () => {
      const path = '/api/v1/refunds/refund_1/mock_update_status';
      expect((await live().call('PATCH', path, { status: 'success' })).status).toBe(404);
    });
  });
});

describe('a review', () => {
  const answer = (id: string, documents: unknown) =>
    client().call('PATCH', `/api/v1/refunds/${id}/update_rfi`, { documents });

  async function waiting() {
    client().sandbox.account.refundReview = true;
    const { status, json } = await client().refund(await client().paid());
    expect([status, json]).toMatchObject([202, { status: 'action_required' }]);
    return { id: read(json, 'id'), wanted: read(json, 'documents', '0', 'rfi_doc_id') };
  }

  it('wants a document, then looks at it, then lets the refund go', async () => {
    const { id, wanted } = await waiting();
    expect(events()).toContain('refund.action_required');
    const given = await answer(id, [{ id: 'doc_1', rfi_doc_id: wanted }]);
    expect([given.status, given.json]).toMatchObject([
      200,
      {
        status: 'under_review',
        documents: [{ id: 'doc_1', type: 'rfi', status: 'uploaded', rfi_doc_id: wanted }],
      },
    ]);
    await client().sandbox.clock.advance(5000);
    expect(await get(id)).toMatchObject({ status: 'in_progress' });
    await client().sandbox.clock.advance(59_999);
    expect((await mock(id, 'success')).status).toBe(400);
    await client().sandbox.clock.advance(1);
    expect((await mock(id, 'success')).status).toBe(200);
  });

  it('can end it, and the money is there again', async () => {
    const { id, wanted } = await waiting();
    await answer(id, [{ id: 'doc_1', rfi_doc_id: wanted }]);
    const [rfi] = client().sandbox.rfis.list();
    const path = `/_sandbox/rfis/${rfi?.id}/review`;
    await client().post(path, { outcome: 'reject' }, { key: null });
    expect(await get(id)).toMatchObject({ status: 'cancelled' });
    expect(client().sandbox.balances.amountOf('USD')).toBe(1_000_970);
  });

  it.each([
    ['nothing', () => []],
    ['another requirement', () => [{ id: 'doc_1', rfi_doc_id: 'rfidoc_another' }]],
    ['the other spelling', (wanted: string) => [{ doc_id: 'doc_1', rfi_doc_id: wanted }]],
  ])('refuses %s', async (_, documents) => {
    const { id, wanted } = await waiting();
    expect((await answer(id, documents(wanted))).status).toBe(400);
    expect(await get(id)).toMatchObject({ status: 'action_required' });
  });

  it('asks no refund that was not reviewed', async () => {
    const id = idOf(await client().refund(await client().paid()));
    const given = await answer(id, [{ id: 'doc_1', rfi_doc_id: 'rfidoc_1' }]);
    expect(given.json).toEqual(
      badRequest('Invalid rfi_doc_id or refund not in action_required status'),
    );
  });
});

describe('GET /refunds', () => {
  it('filters, with both words for what is in progress', async () => {
    const [one, other] = [await client().paid(), await client().paid()];
    const first = idOf(await client().refund(one, { request_id: 'r-1' }));
    const second = idOf(await client().refund(other, { request_id: 'r-2' }));
    client().sandbox.completeRefund(second, 'approve');
    const found = async (query: string) => {
      const { json } = await client().get(`/api/v1/refunds?${query}`);
      const { data } = json as { data: { id: string }[] };
      return data.map(({ id }) => id);
    };
    const both = [second, first];
    expect(await found('')).toEqual(both);
    expect(await found(`payment_id=${one}`)).toEqual([first]);
    expect(await found('request_id=r-2')).toEqual([second]);
    expect(await found('status=success')).toEqual([second]);
    for (const word of ['in_progress', 'pending']) {
      expect(await found(`status=${word}`)).toEqual([first]);
    }
    expect(await found(`customer_id=${client().sandbox.demoCustomerId}`)).toEqual(both);
    expect(await found('payment_method=card')).toEqual(both);
    expect(await found('payment_method=bank_transfer')).toEqual([]);
    expect((await client().get('/api/v1/refunds?status=cancelled')).status).toBe(400);
  });
});

describe('the faults of refunds', () => {
  const route = 'POST /api/v1/refunds';

  it('refund-locked does nothing', async () => {
    client().sandbox.faults.next(route, 'refund-locked');
    const paymentId = await client().paid();
    const locked = await client().refund(paymentId);
    expect([locked.status, locked.json]).toEqual([409, { message: 'Refund is being processed' }]);
    expect(client().sandbox.refunds.list()).toEqual([]);
    expect((await client().refund(paymentId)).status).toBe(202);
  });

  it('refund-fails-at-create answers with the refund, which has cost nothing', async () => {
    client().sandbox.faults.next(route, 'refund-fails-at-create');
    const paymentId = await client().paid();
    const failed = await client().refund(paymentId, { request_id: 'refund-1' });
    expect([failed.status, failed.json]).toMatchObject([422, { status: 'failed' }]);
    expect(events()).toContain('refund.failed');
    expect(client().sandbox.balances.amountOf('USD')).toBe(1_000_970);
    expect((await client().refund(paymentId)).status).toBe(202);
  });

  it.each(['refund-locked', 'refund-fails-at-create'] as const)(
    '%s happens to refunds alone',
    (fault) => {
      const { faults } = client().sandbox;
      expect(() => faults.next('POST /api/v1/orders', fault)).toThrow(TypeError);
      expect(() => faults.next('GET /api/v1/refunds', fault)).toThrow(TypeError);
    },
  );
});

describe('control', () => {
  const json = { key: null } as const;

  it('answers the bank, and shows refunds in the state and on the page', async () => {
    const id = idOf(await client().refund(await client().paid(), { request_id: 'r-1' }));
    const path = `/_sandbox/refunds/${id}/complete`;
    expect((await client().post(path, {}, json)).status).toBe(400);
    const ended = await client().post(path, { outcome: 'approve' }, json);
    expect([ended.status, ended.json]).toMatchObject([200, { id, status: 'success' }]);
    expect((await client().post(path, { outcome: 'approve' }, json)).status).toBe(200);
    expect((await client().post(path, { outcome: 'decline' }, json)).status).toBe(400);
    expect((await client().get('/_sandbox/state', json)).json).toMatchObject({
      counts: { refunds: 1 },
      refunds: [{ id, status: 'success', request_id: 'r-1' }],
    });
    const { text } = await client().get('/', json);
    expect(text).toContain(id);
    expect(text.replaceAll('\u00a0', ' ')).toContain('AED 37.46');
  });

  it('knows no other refund', () => {
    expect(() => client().sandbox.completeRefund('refund_1', 'approve')).toThrow('no such refund');
  });
});

describe('a refund that fails at create on an account that reviews refunds', () => {
  it('is failed, and nobody asks for documents of it', async () => {
    const { sandbox } = client();
    sandbox.account.refundReview = true;
    sandbox.faults.next('POST /api/v1/refunds', 'refund-fails-at-create');
    const answer = await client().refund(await client().paid());
    expect([answer.status, answer.json]).toMatchObject([422, { status: 'failed', documents: [] }]);
    expect(sandbox.rfis.list()).toEqual([]);
  });
});
