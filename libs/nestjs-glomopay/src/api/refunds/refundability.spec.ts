import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { paymentShape, type Payment } from '../payments/payment.js';
import { refundabilityOf } from './refundability.js';
import { refundShape, type Refund } from './refund.js';

const DAY_MS = 86_400_000;
const BEGUN = Date.UTC(2025, 10, 20, 10);
const PAID = BEGUN + 60_000;
const NOW = BEGUN + 10 * DAY_MS;

/** Charged as it is settled: USD 10.00 by card. */
function aPayment(change: Record<string, unknown> = {}): Payment {
  return paymentShape.decode({
    id: 'payt_691eeb9aV79Uk',
    payin_id: 'order_68c00b7btsthf',
    payin_type: 'orders',
    subscription_id: null,
    status: 'success',
    compliance_status: null,
    payment_currency: 'USD',
    payment_amount: 1000,
    converted_currency: 'USD',
    converted_amount: 1000,
    requested_currency: 'USD',
    requested_amount: 1000,
    payment_method: { type: 'card', details: {} },
    funds_available: true,
    paid_at: new Date(PAID).toISOString(),
    created_at: new Date(BEGUN).toISOString(),
    ...change,
  });
}

const inDirhams = { payment_currency: 'AED', payment_amount: 3746 };

function aRefund(change: Record<string, unknown> = {}): Refund {
  return refundShape.decode({
    id: 'refund_6776d57dnbTWj',
    payment_id: 'payt_691eeb9aV79Uk',
    status: 'in_progress',
    amount: 400,
    currency: 'USD',
    partial_refund: true,
    balance_used: { amount: 400, currency: 'USD' },
    ...change,
  });
}

const of = (payment: Payment, refunds: readonly Refund[] = [], now = NOW) =>
  refundabilityOf(payment, refunds, now);

describe('refundabilityOf', () => {
  it('is all of a payment that has no refund yet, in the currency that refunds are asked in', () => {
    expect(of(aPayment(inDirhams))).toEqual({
      paymentId: 'payt_691eeb9aV79Uk',
      amount: { amount: 1000, currency: 'USD' },
      parts: 'if_enabled',
      until: new Date(BEGUN + 180 * DAY_MS),
      obstacles: [],
      doubts: ['balance', 'chargeback'],
    });
  });

  it.each([
    ['in progress', { status: 'in_progress' }, 'not_successful'],
    ['in a status that we do not know', { status: 'succeeded' }, 'not_successful'],
    ['pay via bank', { payment_method: { type: 'pay_via_bank' } }, 'pay_via_bank'],
    ['a top-up', { payin_type: 'add_funds' }, 'top_up'],
    ['a top-up by its id alone', { payin_type: null, payin_id: 'addfunds_1' }, 'top_up'],
    ['awaiting documents', { compliance_status: 'action_required' }, 'compliance_withheld'],
    ['under review', { compliance_status: 'under_review' }, 'compliance_withheld'],
    ['rejected by review', { compliance_status: 'rejected' }, 'compliance_rejected'],
  ])('is nothing of a payment that is %s', (_, change, obstacle) => {
    expect(of(aPayment(change))).toMatchObject({
      amount: { amount: 0, currency: 'USD' },
      obstacles: [obstacle],
    });
  });

  it('names everything that is against it', () => {
    const payment = aPayment({ status: 'failed', payment_method: { type: 'pay_via_bank' } });
    expect(of(payment, [aRefund({ partial_refund: false })], NOW + 365 * DAY_MS).obstacles).toEqual(
      ['not_successful', 'pay_via_bank', 'too_old', 'fully_refunded'],
    );
  });

  it.each([
    ['card', 'if_enabled'],
    ['bank_transfer', 'never'],
    ['pay_via_bank', 'never'],
    ['wallet', 'never'],
    [null, 'unknown'],
  ])('by %s is refunded in part: %s', (type, parts) => {
    expect(of(aPayment({ payment_method: { type } })).parts).toBe(parts);
  });

  it.each([
    [{ payment_method: { type: 'wallet' } }, 'payment_method'],
    [{ payment_method: null }, 'payment_method'],
    [{ compliance_status: 'pondered' }, 'compliance'],
    [{ converted_amount: null }, 'amount'],
    [{ converted_amount: '1000' }, 'amount'],
    [{ converted_amount: -5 }, 'amount'],
    [{ converted_currency: undefined }, 'amount'],
    [{ created_at: null, paid_at: null }, 'age'],
    [{ created_at: '2025-11-20T10:00:00', paid_at: null }, 'age'],
    [{ created_at: 'soon', paid_at: 'later' }, 'age'],
  ])('says of %j that it cannot tell the %s', (change, doubt) => {
    expect(of(aPayment(change))).toMatchObject({
      obstacles: [],
      doubts: ['balance', 'chargeback', doubt],
    });
  });

  describe('with earlier refunds', () => {
    it.each(['in_progress', 'pending', 'under_review', 'action_required', 'success', 'queued'])(
      'counts one that is %s',
      (status) => {
        expect(of(aPayment(), [aRefund({ status })]).amount).toEqual({
          amount: 600,
          currency: 'USD',
        });
      },
    );

    it.each(['failed', 'cancelled'])('counts none that is %s, be it the whole', (status) => {
      const none = [aRefund({ status }), aRefund({ status, partial_refund: false, amount: 1000 })];
      expect(of(aPayment(), none)).toEqual(of(aPayment()));
    });

    it('is nothing after a whole one, in whatever currency it is', () => {
      const whole = aRefund({ partial_refund: false, amount: 3746, currency: 'AED' });
      for (const payment of [aPayment(), aPayment(inDirhams), aPayment({ converted_amount: null })])
        expect(of(payment, [whole]).obstacles).toEqual(['fully_refunded']);
    });

    it('is nothing when the parts reach what the buyer was charged', () => {
      const half = { amount: 1873, currency: 'AED' };
      expect(of(aPayment(inDirhams), [aRefund(half), aRefund(half)]).obstacles).toEqual([
        'fully_refunded',
      ]);
    });

    it.each([
      ['another currency than is settled', inDirhams, { amount: 1498, currency: 'AED' }],
      ['a fee of the buyer between', { payment_amount: 1030 }, { amount: 412 }],
      ['an amount charged that nobody says', { payment_amount: null }, {}],
      ['a currency charged that nobody says', { payment_currency: null }, {}],
      ['a refund in a third currency', {}, { currency: 'EUR' }],
      ['a negative amount', {}, { amount: -400 }],
    ])('tells no number where there is %s', (_, payment, refund) => {
      expect(of(aPayment(payment), [aRefund(refund)])).toMatchObject({
        amount: undefined,
        obstacles: [],
        doubts: ['balance', 'chargeback', 'earlier_refunds'],
      });
    });

    it('takes a refund that does not say whether it is a part by its amount', () => {
      const silent = { partial_refund: null };
      expect(of(aPayment(), [aRefund(silent)]).amount?.amount).toBe(600);
      expect(of(aPayment(), [aRefund({ ...silent, amount: 1000 })]).obstacles).toEqual([
        'fully_refunded',
      ]);
    });
  });

  describe('in time', () => {
    const at = (now: number, change: Record<string, unknown> = {}) => of(aPayment(change), [], now);

    it('is young to the last moment of 180 days from its beginning, over after those from its payment', () => {
      const last = BEGUN + 180 * DAY_MS;
      expect(at(last).doubts).not.toContain('age');
      expect(at(last + 1)).toMatchObject({
        obstacles: [],
        doubts: expect.arrayContaining(['age']),
      });
      expect(at(PAID + 180 * DAY_MS).obstacles).toEqual([]);
      expect(at(PAID + 180 * DAY_MS + 1)).toMatchObject({ obstacles: ['too_old'] });
    });

    it('is never over when nobody says when it was paid', () => {
      expect(at(NOW + 9999 * DAY_MS, { paid_at: null })).toMatchObject({
        obstacles: [],
        doubts: expect.arrayContaining(['age']),
      });
    });
  });
});

const currency = fc.constantFrom('USD', 'AED', 'EUR');
const status = fc.constantFrom(
  'in_progress',
  'success',
  'under_review',
  'failed',
  'cancelled',
  'x',
);
const amount = fc.integer({ min: 1, max: 1_000_000 });

const payments = fc
  .record({
    converted_amount: fc.option(amount),
    converted_currency: fc.option(currency),
    payment_amount: fc.option(amount),
    payment_currency: fc.option(currency),
    status: fc.constantFrom('success', 'failed', 'in_progress'),
    compliance_status: fc.constantFrom(null, 'approved', 'rejected', 'under_review', 'y'),
  })
  .map(aPayment);

const someRefunds = fc.array(
  fc
    .record({
      amount: fc.integer({ min: -10, max: 1_000_000 }),
      currency,
      status,
      partial_refund: fc.constantFrom(true, true, true, false, null),
    })
    .map(aRefund),
  { maxLength: 6 },
);

describe('refundabilityOf, of whatever the gateway has', () => {
  it('never tells more than the payment came to, nor another currency', () => {
    fc.assert(
      fc.property(payments, someRefunds, (payment, refunds) => {
        const { amount: told, obstacles } = of(payment, refunds);
        if (told === undefined) return;
        expect(told.currency).toBe(payment.convertedCurrency);
        expect(told.amount).toBeGreaterThanOrEqual(0);
        expect(told.amount).toBeLessThanOrEqual(payment.convertedAmount ?? -1);
        expect(told.amount === 0).toBe(obstacles.length > 0);
      }),
    );
  });

  it('depends neither on the order of refunds nor on those that came to nothing', () => {
    fc.assert(
      fc.property(payments, someRefunds, (payment, refunds) => {
        const told = of(payment, refunds);
        expect(of(payment, refunds.toReversed())).toEqual(told);
        const dead = aRefund({ status: 'failed', partial_refund: false });
        expect(of(payment, [dead, ...refunds])).toEqual(told);
      }),
    );
  });

  it('never has more left after one more refund', () => {
    fc.assert(
      fc.property(payments, someRefunds, someRefunds, (payment, before, more) => {
        const after = of(payment, [...before, ...more]).amount?.amount;
        const left = of(payment, before).amount?.amount;
        if (after === undefined) return;
        expect(left ?? Infinity).toBeGreaterThanOrEqual(after);
      }),
    );
  });

  it('leaves exactly what was not given back, where the buyer was charged what is settled', () => {
    const parts = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 300 }), status }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(parts, (given) => {
        const back = given
          .filter((part) => !['failed', 'cancelled'].includes(part.status))
          .reduce((sum, part) => sum + part.amount, 0);
        const told = of(aPayment(), given.map(aRefund));
        expect(told.amount).toEqual({ amount: Math.max(0, 1000 - back), currency: 'USD' });
        expect(told.obstacles).toEqual(back >= 1000 ? ['fully_refunded'] : []);
      }),
    );
  });
});
