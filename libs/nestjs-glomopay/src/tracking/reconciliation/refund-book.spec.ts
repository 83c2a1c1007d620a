import { describe, expect, it, jest } from '@jest/globals';
import { refundShape } from '../../api/refunds/refund.js';
import type { RefundsService } from '../../api/refunds/refunds.service.js';
import { GlomopayNotFoundError } from '../../errors/api.error.js';
import { aPaymentRecord } from '../../../test/tracked-payments.js';
import { bookDifference } from './book-difference.js';
import { RefundBook } from './refund-book.js';

const aRefund = (over: Record<string, unknown> = {}) =>
  refundShape.decode({
    id: 'refund_6776d57dnbTWj',
    payment_id: 'payt_1',
    status: 'success',
    amount: 3_746,
    currency: 'AED',
    created_at: '2026-03-29T12:00:00Z',
    ...over,
  });
const aRecord = (over = {}) =>
  aPaymentRecord({ kind: 'refund', subjectId: 'payt_1', state: 'succeeded', ...over });
const bookOver = (get: RefundsService['get']) => new RefundBook({ get } as RefundsService);
const nothing = bookOver(async () => aRefund());

describe('RefundBook', () => {
  it.each([
    ['success', 'succeeded', undefined],
    ['failed', 'failed', undefined],
    ['cancelled', 'failed', undefined],
    ['in_progress', 'attempted', undefined],
    ['success', 'attempted', 'status'],
    ['failed', 'succeeded', 'status'],
    ['in_progress', 'succeeded', 'status'],
  ] as const)('compares %s with %s', (status, state, difference) => {
    const record = aRecord({ state });
    expect(bookDifference(record, nothing.sighting(aRefund({ status }), record))).toBe(difference);
  });

  it('compares the payment, and no amount, which may be in another currency', () => {
    const record = aRecord({ amount: 1_000, currency: 'USD' });
    expect(nothing.sighting(aRefund(), record).difference).toBeUndefined();
    const other = nothing.sighting(aRefund({ payment_id: 'payt_2' }), record);
    expect(bookDifference(record, other)).toBe('subject');
  });

  it('calls a refund ours that is of a payment or a request_id of ours', () => {
    expect(nothing.isOurs(aRefund(), [])).toBe(false);
    expect(nothing.isOurs(aRefund(), [aRecord()])).toBe(true);
    expect(nothing.isOurs(aRefund({ request_id: 'own' }), [])).toBe(true);
  });

  it('has nothing where the gateway has nothing, and asks about no text that is no id', async () => {
    const get = jest.fn<RefundsService['get']>(async () => {
      throw Object.create(GlomopayNotFoundError.prototype);
    });
    expect(await bookOver(get).get('refund_6776d57dnbTWj', {})).toBeUndefined();
    expect(await bookOver(get).get('../payments', {})).toBeUndefined();
    expect(get).toHaveBeenCalledTimes(1);
  });
});
