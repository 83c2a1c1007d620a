import { describe, expect, it } from '@jest/globals';
import { aPayment, aPaymentRecord } from '../../../test/tracked-payments.js';
import { paymentSighting } from './payment-sighting.js';
import { recordedSubject } from './tracked-payment.js';

describe('paymentSighting', () => {
  const intent = aPaymentRecord();

  it.each([
    ['success', 'succeeded'],
    ['failed', 'failed'],
    ['in_progress', undefined],
    ['under_review', undefined],
    ['something_new', undefined],
  ] as const)('takes the status %s for the end %s', (status, end) => {
    expect(paymentSighting(aPayment({ status }), intent)).toMatchObject({ status, end });
  });

  it.each([
    [{ requestedAmount: 999 }, 'amount_differs'],
    [{ requestedAmount: 0 }, 'amount_differs'],
    [{ requestedAmount: null }, 'amount_differs'],
    [{ requestedCurrency: 'JPY' }, 'currency_differs'],
    [{ requestedCurrency: null }, 'currency_differs'],
    [{ requestedCurrency: 'usd' }, 'currency_differs'],
    [{ payinId: 'order_other' }, 'order_differs'],
    [{ payinId: null }, 'order_differs'],
  ] as const)('names what differs in %j', (over, difference) => {
    expect(paymentSighting(aPayment(over), intent).difference).toBe(difference);
  });

  it('accepts a buyer who was charged in another currency', () => {
    const charged = aPayment({ paymentCurrency: 'AED', paymentAmount: 3746 });
    expect(paymentSighting(charged, intent).difference).toBeUndefined();
  });

  it('compares a subscription with a subscription, and never with an order of the same id', () => {
    const subject = recordedSubject({ orderId: null, subscriptionId: 'sub_1' });
    const renewal = aPaymentRecord(subject);
    const paid = aPayment({ payinId: null, subscriptionId: 'sub_1' });
    expect(paymentSighting(paid, renewal).difference).toBeUndefined();
    const other = aPayment({ payinId: 'sub_1', subscriptionId: null });
    expect(paymentSighting(other, renewal).difference).toBe('order_differs');
  });
});
