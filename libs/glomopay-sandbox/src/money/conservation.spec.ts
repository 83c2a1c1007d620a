import { describe, expect, it } from '@jest/globals';
import { aPayment, read, useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';
import type { Pool } from './balances.js';

const client = useSandbox({
  clock: new ManualClock(),
  openingBalance: 1_000_000,
  requestsPerMinute: 1_000_000,
  account: { fundedBalance: true },
});

const POOLS: readonly Pool[] = ['primary', 'pending', 'funded'];
const CURRENCIES = ['USD', 'EUR', 'GBP'];

/** The same numbers for the same seed: mulberry32. */
function numbersOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What there is, wherever it is. */
const thereIs = () =>
  CURRENCIES.map((currency) =>
    POOLS.reduce((sum, pool) => sum + client().sandbox.balances.amountOf(currency, pool), 0),
  );

/** What there must be, from the objects as the API shows them. */
function thereMustBe(): number[] {
  const { payments, refunds, conversions } = client().sandbox;
  return CURRENCIES.map((currency) => {
    const paid = payments
      .list()
      .filter((each) => each.status === 'success' && each.converted_currency === currency)
      .filter((each) => each.compliance_status !== 'rejected' || each.funds_available)
      .map((each) => each.converted_amount - (each.fees?.txn_fee.amount ?? 0));
    const back = refunds
      .list()
      .filter(({ status }) => status !== 'failed' && status !== 'cancelled')
      .filter(({ balance_used: used }) => used.currency === currency)
      .map(({ balance_used: used }) => -used.amount);
    const converted = conversions
      .list()
      .flatMap(({ from, to }) => [
        from.currency === currency ? -from.amount : 0,
        to.currency === currency ? to.amount : 0,
      ]);
    return [1_000_000, ...paid, ...back, ...converted].reduce((sum, each) => sum + each, 0);
  });
}

describe('money', () => {
  it.each(Array.from({ length: 6 }, (_, seed) => seed))(
    'neither appears nor vanishes, whatever is done: %i',
    async (seed) => {
      const below = numbersOf(seed);
      const { sandbox } = client();
      const one = <T>(items: readonly T[]): T | undefined => items[below(items.length || 1)];
      const patch = (path: string, body?: object) =>
        client().call('PATCH', `/api/v1/${path}`, body);
      const currency = () => one(CURRENCIES) ?? 'USD';
      const amount = () => (below(3) === 0 ? 6623 : 1 + below(50_000));
      const steps: (() => unknown)[] = [
        async () => {
          const orderId = await client().order({ amount: amount(), currency: currency() });
          const { json } = await client().post('/api/v1/payments', aPayment(orderId));
          const decision = below(4) === 0 ? 'decline' : 'approve';
          sandbox.completePayment(read(json, 'payment_id'), decision);
          sandbox.completePayment(read(json, 'payment_id'), 'approve');
        },
        async () => {
          const money = { amount: amount(), currency: currency() };
          const payin = below(2) === 0 ? sandbox.startTopUp(money).id : await client().order(money);
          const transfer = { ...money, payin_id: payin };
          await client().post('/api/v1/payment/mock', transfer);
          await client().post('/api/v1/payment/mock', transfer);
        },
        async () => {
          const { id = '' } = one(sandbox.payments.list()) ?? {};
          const path = `payment/${id}/mock-funds-available`;
          await Promise.all([patch(path, {}), patch(path, {})]);
        },
        async () => {
          const { id = '', converted_amount: most = 1 } = one(sandbox.payments.list()) ?? {};
          const part = below(2) === 0 ? {} : { amount: 1 + below(most) };
          await Promise.all([client().refund(id, part), client().refund(id, part)]);
        },
        async () => {
          const { id = '' } = one(sandbox.refunds.list()) ?? {};
          const status = below(2) === 0 ? 'failed' : 'success';
          await patch(`refunds/${id}/mock_update_status`, { status });
          await patch(`refunds/${id}/mock_update_status`, { status: 'failed' });
        },
        async () => {
          const side = below(2) === 0 ? 'source_amount' : 'target_amount';
          await client().post('/api/v1/balance_conversions', {
            source_currency: currency(),
            target_currency: currency(),
            [side]: 1 + below(400_000),
          });
        },
        async () => {
          const open = sandbox.rfis.list().filter(({ status }) => status === 'action_required');
          const rfi = one(open);
          const documents = rfi?.documents_required.map(({ rfi_doc_id: rfiDocId }) => ({
            rfi_doc_id: rfiDocId,
            doc_id: 'doc_1',
          }));
          await patch(`rfis/${rfi?.id ?? ''}/respond`, { documents });
          if (rfi && sandbox.rfis.get(rfi.id)?.status === 'under_review' && below(2) === 0) {
            sandbox.reviewRfi(
              rfi.id,
              one(['approve', 'reject', 'ask_again'] as const) ?? 'approve',
            );
          }
        },
        () => sandbox.clock.advance(below(2) === 0 ? 61_000 : below(5) * 86_400_000),
        () => {
          sandbox.account.screening = { card: below(2) === 0, transfer: below(2) === 0 };
          sandbox.account.transferFundsHeld = below(2) === 0;
          sandbox.account.refundReview = below(3) === 0;
        },
      ];
      for (let step = 0; step < 150; step += 1) {
        await one(steps)?.();
        expect({ step, money: thereIs() }).toEqual({ step, money: thereMustBe() });
      }
      for (const pool of POOLS) {
        for (const each of sandbox.balances.list(pool))
          expect(each.amount).toBeGreaterThanOrEqual(0);
      }
      expect(sandbox.payments.list().length + sandbox.refunds.list().length).toBeGreaterThan(10);
    },
  );
});
