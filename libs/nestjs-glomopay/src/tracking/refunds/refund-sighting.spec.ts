import { describe, expect, it } from '@jest/globals';
import { aPayment, aPaymentRecord } from '../../../test/tracked-payments.js';
import type { Payment } from '../../api/payments/payment.js';
import { refundShape, type Refund } from '../../api/refunds/refund.js';
import { refundSighting } from './refund-sighting.js';
import { isGatewaysOwn, strayRefundId } from './stray-refund.js';

const intent = aPaymentRecord({
  kind: 'refund',
  requestId: 'refund-1',
  subjectId: 'payt_1',
  exclusive: false,
});

/** All of 10.00 USD, for which the buyer gets 37.46 AED, has gone back, unless spoiled. */
function aRefund(over: Partial<Refund> = {}): Refund {
  const body = {
    id: 'refund_1',
    payment_id: 'payt_1',
    status: 'success',
    amount: 3_746,
    currency: 'AED',
    partial_refund: false,
  };
  return { ...refundShape.decode(body), ...over };
}

const inAed = aPayment({
  status: 'success',
  paymentAmount: 3_746,
  paymentCurrency: 'AED',
  convertedAmount: 1_000,
  convertedCurrency: 'USD',
});
const inUsd: Payment = { ...inAed, paymentAmount: 1_000, paymentCurrency: 'USD' };
const withFees: Payment = { ...inUsd, paymentAmount: 1_030 };
const usd = { currency: 'USD' };

describe('refundSighting', () => {
  it.each([
    ['success', 'succeeded'],
    ['failed', 'failed'],
    ['cancelled', 'failed'],
    ['in_progress', undefined],
    ['under_review', undefined],
    ['action_required', undefined],
    ['a status of tomorrow', undefined],
  ])('takes %s for %s', (status, end) => {
    expect(refundSighting(aRefund({ status }), intent, undefined)).toMatchObject({ status, end });
  });

  const same: readonly [string, Payment, Partial<Refund>, number][] = [
    ['all of it, in what the buyer was charged', inAed, {}, 1_000],
    ['a part of it', inAed, { amount: 1_500, partialRefund: true }, 400],
    ['all that was left of it', inAed, { amount: 2_246 }, 600],
    ['all of it, in one currency', inUsd, { ...usd, amount: 1_000 }, 1_000],
    ['a part of it, in one currency', inUsd, { ...usd, amount: 400, partialRefund: true }, 400],
    ['all of it with the fees that the buyer paid', withFees, { ...usd, amount: 1_030 }, 1_000],
    [
      'a part where the gateway does not say so',
      inAed,
      { amount: 1_500, partialRefund: null },
      400,
    ],
  ];
  it.each(same)('finds %s as it was asked for', (_, payment, refund, amount) => {
    const sighting = refundSighting(aRefund(refund), { ...intent, amount }, payment);
    expect(sighting).toMatchObject({ difference: undefined, atMost: { amount: 1_000, ...usd } });
  });

  const other: readonly [string, Payment, Partial<Refund>, number, string][] = [
    ['another amount, in one currency', inUsd, { ...usd, amount: 999 }, 1_000, 'amount_differs'],
    ['a part instead of all', inAed, { partialRefund: true }, 1_000, 'amount_differs'],
    ['all instead of a part', inAed, {}, 400, 'amount_differs'],
    ['another currency than was charged', inAed, { ...usd }, 1_000, 'currency_differs'],
  ];
  it.each(other)('sees %s', (_, payment, refund, amount, difference) => {
    const sighting = refundSighting(aRefund(refund), { ...intent, amount }, payment);
    expect(sighting.difference).toBe(difference);
  });

  it('sees that it was asked for in another currency than the payment is settled in', () => {
    const inEur = { ...intent, currency: 'EUR' };
    expect(refundSighting(aRefund(), inEur, inAed).difference).toBe('currency_differs');
  });

  it('sees another payment, also of one that has not ended', () => {
    const refund = aRefund({ paymentId: 'payt_2', status: 'in_progress' });
    expect(refundSighting(refund, intent, undefined).difference).toBe('order_differs');
  });

  it('bounds refunds by what was requested where it is not said what is settled', () => {
    const unsettled = { ...inAed, convertedAmount: null, convertedCurrency: null };
    expect(refundSighting(aRefund(), intent, unsettled).atMost).toEqual({ amount: 1_000, ...usd });
  });
});

describe('strayRefundId', () => {
  it.each([
    ['stray:refund_1', 'refund_1'],
    ['stray:payt_1', undefined],
    ['refund_1', undefined],
  ])('reads of %s %s', (requestId, id) => {
    expect(strayRefundId({ requestId })).toBe(id);
  });
});

describe('isGatewaysOwn', () => {
  it.each([
    ['Refunded For Subscription Verification', true],
    ['Refunded For Subscription Card Update', true],
    ['Others', false],
    [null, false],
  ])('says of %s %s', (reason, isOwn) => {
    expect(isGatewaysOwn({ reason })).toBe(isOwn);
  });
});
