import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox } from '../../test/client.js';
import { aPayee, payoutsOf } from '../../test/payouts.js';

const client = useSandbox({ openingBalance: 10_000 });
const { create, get, cancel, mock, told } = payoutsOf(client);

const balance = () => client().sandbox.balances.amountOf('USD');
const advance = (milliseconds: number) => client().sandbox.clock.advance(milliseconds);

/** A payout to somebody whose name screening knows. */
async function screenedOut(name = 'JEXRU7'): Promise<string> {
  const { json } = await create(await aPayee(client(), {}, { name }));
  expect(json).toMatchObject({ status: 'action_required', error_code: null });
  return read(json, 'id');
}

async function asked(): Promise<{ rfi: string; requirement: string }> {
  const { json } = await client().get('/api/v1/rfis');
  return {
    rfi: read(json, 'data', '0', 'id'),
    requirement: read(json, 'data', '0', 'documents_required', '0', 'rfi_doc_id'),
  };
}

/** Answers the newest request, in the way of the documentation. */
async function respond(): Promise<void> {
  const { rfi, requirement } = await asked();
  const documents = [{ rfi_doc_id: requirement, doc_id: 'doc_1' }];
  const { status } = await client().call('PATCH', `/api/v1/rfis/${rfi}/respond`, { documents });
  expect(status).toBe(200);
}

describe('A payout that compliance asks about', () => {
  it('goes on by itself after an answer, when its money is held', async () => {
    const id = await screenedOut();
    expect(balance()).toBe(10_000);
    await respond();
    expect((await get(id)).json).toMatchObject({ status: 'in_progress' });
    expect((await mock(id, 'success')).json).toEqual(badRequest('State change not allowed'));
    expect(balance()).toBe(10_000);
    await advance(5_000);
    expect(balance()).toBe(9_000);
    expect((await mock(id, 'success')).json).toMatchObject({ status: 'success' });
    expect(told()).toEqual(['payout.action_required', 'payout.in_progress', 'payout.success']);
  });

  it('is answered at its own route too, which is older', async () => {
    const id = await screenedOut();
    const { requirement } = await asked();
    const documents = [{ rfi_doc_id: requirement, id: 'doc_1' }];
    const path = `/api/v1/payouts/${id}/update_rfi`;
    expect((await client().call('PATCH', path, { documents })).json).toMatchObject({
      status: 'in_progress',
    });
    expect((await client().call('PATCH', path, { documents })).status).toBe(400);
    expect((await client().call('PATCH', path, { documents, other: 1 })).status).toBe(400);
  });

  it('fails when the balance is spent meanwhile', async () => {
    const id = await screenedOut();
    client().sandbox.balances.debit({ amount: 9_500, currency: 'USD' });
    await respond();
    await advance(5_000);
    expect((await get(id)).json).toMatchObject({
      status: 'failed',
      error_code: 'INSUFFICIENT_BALANCE',
    });
    expect(balance()).toBe(500);
  });

  it('is called off when compliance rejects it', async () => {
    const id = await screenedOut();
    await respond();
    client().sandbox.reviewRfi((await asked()).rfi, 'reject');
    expect((await get(id)).json).toMatchObject({
      status: 'cancelled',
      error_code: 'PAYOUT_REJECTED',
    });
    expect(balance()).toBe(10_000);
  });

  it('is asked about again', async () => {
    const id = await screenedOut();
    await respond();
    client().sandbox.reviewRfi((await asked()).rfi, 'ask_again');
    expect((await get(id)).json).toMatchObject({ status: 'action_required' });
    await respond();
    await advance(5_000);
    expect(balance()).toBe(9_000);
  });

  it('can be cancelled before the answer and during the review, and stays so', async () => {
    const before = await screenedOut();
    expect((await cancel(before)).json).toMatchObject({ status: 'cancelled' });
    await respond();
    const during = await screenedOut('renvak4');
    await respond();
    const found = await client().get('/api/v1/payouts?status=under_review');
    expect(found.json).toMatchObject({ data: [{ id: during }] });
    expect((await cancel(during)).json).toMatchObject({ status: 'cancelled' });
    await advance(60_000);
    expect((await get(before)).json).toMatchObject({ status: 'cancelled' });
    expect((await get(during)).json).toMatchObject({ status: 'cancelled' });
    expect(balance()).toBe(10_000);
  });

  it('stays as it is when nobody answers', async () => {
    const id = await screenedOut();
    await advance(31 * 86_400_000);
    expect((await get(id)).json).toMatchObject({ status: 'action_required' });
  });
});

describe('PATCH /payouts/mock', () => {
  it.each(['pending', 'action_required', 'cancelled'])(
    'makes no %s of a payout that the bank has, on an account with nothing else',
    async (status) => {
      const id = read((await create(await aPayee(client()))).json, 'id');
      const answer = await mock(id, status);
      expect([answer.status, answer.json]).toEqual([400, badRequest('State change not allowed')]);
      expect((await get(id)).json).toMatchObject({ status: 'in_progress' });
    },
  );

  it.each(['success', 'failed', 'cancelled'])('changes no %s any more', async (last) => {
    client().sandbox.account.payoutQueueing = true;
    const id = read((await create(await aPayee(client()))).json, 'id');
    if (last !== 'cancelled') await mock(id, 'pending');
    expect((await mock(id, last)).json).toMatchObject({ status: last, error_code: null });
    for (const status of ['pending', 'success', 'failed', 'action_required', 'cancelled']) {
      expect((await mock(id, status)).json).toEqual(badRequest('State change not allowed'));
    }
    expect((await cancel(id)).json).toEqual(
      badRequest('Payout cannot be cancelled in its current state'),
    );
  });

  it.each([
    ['queued', { payoutQueueing: true }],
    ['pending_approval', { makerChecker: true }],
  ])('lets compliance ask about one that is %s, and again during its review', async (from, on) => {
    Object.assign(client().sandbox.account, on);
    const made = await create(await aPayee(client()));
    expect(made.json).toMatchObject({ status: from });
    const id = read(made.json, 'id');
    expect((await mock(id, 'action_required')).json).toMatchObject({ status: 'action_required' });
    expect((await mock(id, 'pending')).status).toBe(400);
    await respond();
    expect((await mock(id, 'action_required')).json).toMatchObject({ status: 'action_required' });
    await respond();
    await advance(5_000);
    expect((await get(id)).json).toMatchObject({ status: 'in_progress' });
    await advance(3_600_000);
    expect((await get(id)).json).toMatchObject({ status: 'in_progress' });
    expect(balance()).toBe(9_000);
  });

  it('approves nothing', async () => {
    client().sandbox.account.makerChecker = true;
    const id = read((await create(await aPayee(client()))).json, 'id');
    expect((await mock(id, 'pending')).json).toEqual(badRequest('State change not allowed'));
  });

  it.each([
    ["Validation failed: Id can't be blank", { status: 'success' }],
    ['Validation failed: Id is invalid', { id: 'refund_1', status: 'success' }],
    ["Validation failed: Status can't be blank", { id: 'payout_1' }],
    ['Validation failed: Status is not included in the list', { id: 'payout_1', status: 'paid' }],
    [
      'Validation failed: Request contains an unknown field',
      { id: 'payout_1', status: 'success', x: 1 },
    ],
  ])('is refused with "%s"', async (message, body) => {
    const answer = await client().call('PATCH', '/api/v1/payouts/mock', body);
    expect([answer.status, answer.json]).toEqual([400, badRequest(message)]);
  });

  it('is 404 for an unknown payout', async () => {
    expect((await mock('payout_none', 'success')).json).toEqual({
      error: 'Not Found',
      message: 'Payout not found',
    });
  });
});

describe('A bank, from the dashboard of a test', () => {
  it('says why it declines', async () => {
    const { sandbox } = client();
    const id = read((await create(await aPayee(client()))).json, 'id');
    expect(() => sandbox.completePayout(id, 'decline', { errorCode: 'NO_SUCH' })).toThrow(
      TypeError,
    );
    const declined = sandbox.completePayout(id, 'decline', { errorCode: 'INVALID_BENE_IFSC' });
    expect(declined).toMatchObject({ status: 'failed', error_code: 'INVALID_BENE_IFSC' });
    expect(sandbox.completePayout(id, 'failed')).toEqual(declined);
    expect(() => sandbox.completePayout(id, 'approve')).toThrow('Payout is not at the bank');
    expect(() => sandbox.completePayout('payout_none', 'approve')).toThrow('no such payout');
  });

  it('is asked over HTTP too', async () => {
    client().sandbox.account.makerChecker = true;
    const id = read((await create(await aPayee(client()))).json, 'id');
    const post = (action: string, body: object) =>
      client().post(`/_sandbox/payouts/${id}/${action}`, body, { key: null });
    expect((await post('complete', { outcome: 'approve' })).status).toBe(400);
    expect((await post('approve', { outcome: 'approve' })).json).toMatchObject({
      status: 'in_progress',
    });
    expect((await post('complete', { outcome: 'decline', error_code: 'NO' })).status).toBe(400);
    expect(
      (await post('complete', { outcome: 'decline', error_code: 'NAME_MISMATCH' })).json,
    ).toMatchObject({ status: 'failed', error_code: 'NAME_MISMATCH' });
    const page = await client().get('/', { key: null });
    expect(page.text).toContain('NAME_MISMATCH');
    const state = await client().get('/_sandbox/state', { key: null });
    expect(state.json).toMatchObject({ payouts: [{ id, status: 'failed' }] });
  });
});
