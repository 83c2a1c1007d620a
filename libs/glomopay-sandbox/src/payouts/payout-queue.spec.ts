import { describe, expect, it } from '@jest/globals';
import { read, useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';
import { aPayee, payoutsOf, swiftPayee } from '../../test/payouts.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOON = Date.parse('2026-03-01T12:00:00Z');

const client = useSandbox({
  openingBalance: 10_000,
  account: { payoutQueueing: true },
  clock: new ManualClock(NOON),
});
const { create, get, cancel, mock, told, statuses } = payoutsOf(client);

const advance = (milliseconds: number) => client().sandbox.clock.advance(milliseconds);
const balance = (currency = 'USD') => client().sandbox.balances.amountOf(currency);

describe('The queue of payouts', () => {
  it('takes every payout, and no money, whatever the balance is', async () => {
    const payee = await aPayee(client());
    expect((await create(payee)).json).toMatchObject({ status: 'queued' });
    expect((await create(payee, { source_amount: 1_000_000 })).json).toMatchObject({
      status: 'queued',
    });
    expect(balance()).toBe(10_000);
    expect(told()).toEqual(['payout.queued', 'payout.queued']);
  });

  it.each([2, 17, 32, 47])('is released at minute %i', async (minute) => {
    await advance((minute - 1) * MINUTE);
    const id = read((await create(await aPayee(client()))).json, 'id');
    await advance(MINUTE - 1);
    expect((await get(id)).json).toMatchObject({ status: 'queued' });
    await advance(1);
    expect((await get(id)).json).toMatchObject({ status: 'in_progress' });
    expect(balance()).toBe(9_000);
  });

  it('lets a payout on a local rail complete by itself, and one on swift not', async () => {
    await create(await aPayee(client()));
    await create(await swiftPayee(client()), {
      payment_rail: 'swift',
      destination_currency: 'USD',
    });
    await advance(2 * MINUTE);
    expect(statuses()).toEqual(['in_progress', 'in_progress']);
    await advance(MINUTE);
    expect(statuses()).toEqual(['success', 'in_progress']);
    expect(client().sandbox.payouts.list()[1]).toMatchObject({
      utr: expect.stringMatching(/^UTR\d+$/),
    });
    await advance(DAY);
    expect(statuses()).toEqual(['success', 'in_progress']);
    expect(balance()).toBe(8_000);
  });

  it('is blocked by a head that is not covered, in its own currency alone', async () => {
    const payee = await aPayee(client());
    await create(payee, { source_amount: 12_000 });
    await create(payee, { source_amount: 1_000 });
    await create(payee, { source_amount: 1_000, source_currency: 'EUR' });
    await advance(2 * MINUTE);
    expect(statuses()).toEqual(['queued', 'queued', 'in_progress']);
    client().sandbox.balances.credit({ amount: 2_500, currency: 'USD' });
    await advance(15 * MINUTE);
    expect(statuses()).toEqual(['in_progress', 'queued', 'success']);
    expect(balance()).toBe(500);
  });

  it('goes on once its head is cancelled', async () => {
    const payee = await aPayee(client());
    const head = read((await create(payee, { source_amount: 12_000 })).json, 'id');
    await create(payee);
    await advance(2 * MINUTE);
    expect((await cancel(head)).json).toMatchObject({ id: head, status: 'cancelled' });
    expect(statuses()).toEqual(['cancelled', 'queued']);
    await advance(15 * MINUTE);
    expect(statuses()).toEqual(['cancelled', 'in_progress']);
    expect((await cancel(head)).json).toMatchObject({
      message: 'Payout cannot be cancelled in its current state',
    });
  });

  it('gives a payout up after thirty days, to the millisecond, and the next one its turn', async () => {
    const payee = await aPayee(client());
    await create(payee, { source_amount: 12_000 });
    await advance(MINUTE);
    await create(payee);
    await advance(30 * DAY - MINUTE - 1);
    expect(statuses()).toEqual(['queued', 'queued']);
    await advance(1);
    expect(statuses()).toEqual(['failed', 'queued']);
    await advance(DAY);
    expect(statuses()).toEqual(['failed', 'failed']);
    expect(client().sandbox.payouts.list()[1]).toMatchObject({ error_code: 'QUEUE_EXPIRED' });
    expect(balance()).toBe(10_000);
  });

  it('survives a clock that is moved by 31 days at once', async () => {
    const payee = await aPayee(client());
    await create(payee, { source_amount: 12_000 });
    await create(payee, { source_currency: 'EUR' });
    await advance(31 * DAY);
    expect(statuses()).toEqual(['failed', 'success']);
    expect(told()).toEqual([
      'payout.queued',
      'payout.queued',
      'payout.in_progress',
      'payout.success',
      'payout.failed',
    ]);
  });

  it('fails a payout whose quote lapses while it is blocked', async () => {
    const payee = await aPayee(client());
    await create(payee, { source_amount: 12_000 });
    const quotes = await client().post('/api/v1/quotes', {
      resource: 'payout',
      source_currency: 'USD',
      destination_currency: 'INR',
      source_amount: 1_000,
      payment_method: { type: 'bank_transfer', subtype: 'local_transfer' },
    });
    const quoted = await client().post('/api/v1/payouts', {
      beneficiary_id: payee,
      purpose_code: 'S0802',
      quote_id: client()
        .sandbox.quotes.list()
        .find(({ method }) => method.payment_rail === 'imps')?.id,
    });
    expect([quotes.status, quoted.status]).toEqual([201, 201]);
    await advance(32 * MINUTE);
    await cancel(client().sandbox.payouts.list()[1]?.id ?? '');
    await advance(15 * MINUTE);
    expect((await get(read(quoted.json, 'id'))).json).toMatchObject({
      status: 'failed',
      error_code: 'QUOTE_EXPIRED',
    });
    expect(balance()).toBe(10_000);
  });

  it('is jumped by a mock, which the balance must cover, and nobody completes it then', async () => {
    const payee = await aPayee(client());
    const poor = read((await create(payee, { source_amount: 12_000 })).json, 'id');
    const id = read((await create(payee)).json, 'id');
    expect((await mock(poor, 'pending')).json).toMatchObject({ code: 'INSUFFICIENT_BALANCE' });
    expect((await mock(id, 'success')).json).toMatchObject({ message: 'State change not allowed' });
    expect((await mock(id, 'pending')).json).toMatchObject({ status: 'in_progress' });
    await advance(DAY);
    expect((await get(id)).json).toMatchObject({ status: 'in_progress' });
    expect((await mock(id, 'success')).json).toMatchObject({ status: 'success' });
    expect((await get(poor)).json).toMatchObject({ status: 'queued' });
    expect(balance()).toBe(9_000);
  });
});

describe('Maker-checker', () => {
  it('lets a payout wait for an approval before it is queued', async () => {
    const { sandbox } = client();
    sandbox.account.makerChecker = true;
    const payee = await aPayee(client());
    const first = read((await create(payee)).json, 'id');
    const second = read((await create(payee)).json, 'id');
    await advance(20 * MINUTE);
    expect(statuses()).toEqual(['pending_approval', 'pending_approval']);
    expect(sandbox.approvePayout(second)).toMatchObject({ status: 'queued' });
    expect(sandbox.approvePayout(first, 'decline')).toMatchObject({ status: 'cancelled' });
    await advance(15 * MINUTE);
    expect(statuses()).toEqual(['cancelled', 'success']);
    expect(() => sandbox.approvePayout(second)).toThrow('Payout is not pending approval');
  });

  it('serves those first that were approved first', async () => {
    const { sandbox } = client();
    sandbox.account.makerChecker = true;
    const payee = await aPayee(client());
    const early = read((await create(payee, { source_amount: 6_000 })).json, 'id');
    const late = read((await create(payee, { source_amount: 6_000 })).json, 'id');
    sandbox.approvePayout(late);
    sandbox.approvePayout(early);
    await advance(2 * MINUTE);
    expect((await get(late)).json).toMatchObject({ status: 'in_progress' });
    expect((await get(early)).json).toMatchObject({ status: 'queued' });
  });

  it('without a queue asks for the balance first, and holds it at the approval', async () => {
    const { sandbox } = client();
    sandbox.account.makerChecker = true;
    sandbox.account.payoutQueueing = false;
    const payee = await aPayee(client());
    const over = await create(payee, { source_amount: 10_001 });
    expect(over.json).toMatchObject({ code: 'INSUFFICIENT_BALANCE' });
    const first = read((await create(payee, { source_amount: 6_000 })).json, 'id');
    const second = read((await create(payee, { source_amount: 6_000 })).json, 'id');
    expect(balance()).toBe(10_000);
    expect(sandbox.approvePayout(first)).toMatchObject({ status: 'in_progress' });
    expect(sandbox.approvePayout(second)).toMatchObject({
      status: 'failed',
      error_code: 'INSUFFICIENT_BALANCE',
    });
    expect(balance()).toBe(4_000);
  });
});
