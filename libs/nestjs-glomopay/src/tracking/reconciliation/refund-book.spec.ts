import { describe, expect, it, jest } from '@jest/globals';
import { refundShape } from '../../api/refunds/refund.js';
import type { RefundsService } from '../../api/refunds/refunds.service.js';
import { GlomopayNotFoundError } from '../../errors/api.error.js';
import { aPaymentRecord } from '../../../test/tracked-payments.js';
import { bookDifference } from './book-difference.js';
import { RefundUnclaimedError, type RefundAttribution } from '../refunds/refund-attribution.js';
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
const isOfOurs = jest.fn<RefundAttribution['isOfOurs']>(async () => false);
const attribute = jest.fn<RefundAttribution['attribute']>();
const attribution = { isOfOurs, attribute } as unknown as RefundAttribution;
const bookOver = (get: RefundsService['get']) =>
  new RefundBook({ get } as RefundsService, attribution);
const nothing = bookOver(async () => aRefund());

describe('RefundBook', () => {
  it.each([
    ['success', 'succeeded', undefined],
    ['failed', 'failed', undefined],
    ['cancelled', 'failed', undefined],
    ['in_progress', 'attempted', undefined],
    ['failed', 'succeeded', 'status'],
    ['in_progress', 'succeeded', 'status'],
    ['failed', 'attempted', 'status'],
  ] as const)('compares %s with %s', (status, state, difference) => {
    const record = aRecord({ state });
    const sighting = nothing.sighting(aRefund({ status }), record);
    expect(sighting && bookDifference(record, sighting)).toBe(difference);
    expect(sighting).toBeDefined();
  });

  it('leaves a success to come to a look of its own, for its amount takes the payment to tell', () => {
    expect(nothing.sighting(aRefund(), aRecord({ state: 'attempted' }))).toBeUndefined();
    const stray = aRecord({ state: 'attempted', requestId: 'stray:refund_6776d57dnbTWj' });
    expect(nothing.sighting(aRefund(), stray)).toMatchObject({ end: 'succeeded' });
    const other = aRecord({ state: 'attempted', subjectId: 'payt_2' });
    expect(nothing.sighting(aRefund(), other)).toMatchObject({ difference: 'order_differs' });
  });

  it('compares the payment of an outcome that stands, and no amount', () => {
    const record = aRecord({ amount: 1_000, currency: 'USD' });
    expect(nothing.sighting(aRefund(), record)).toMatchObject({ difference: undefined });
    expect(nothing.sighting(aRefund({ payment_id: 'payt_2' }), record)).toMatchObject({
      difference: 'order_differs',
    });
  });

  it('calls a refund ours that is of a payment or a request_id of ours', async () => {
    expect(await nothing.isOurs(aRefund(), [])).toBe(false);
    expect(await nothing.isOurs(aRefund(), [aRecord()])).toBe(true);
    expect(await nothing.isOurs(aRefund({ request_id: 'own' }), [])).toBe(true);
    isOfOurs.mockResolvedValueOnce(true);
    expect(await nothing.isOurs(aRefund(), [])).toBe(true);
  });

  it('reports what may be the refund of an open record when that is known', async () => {
    attribute.mockRejectedValueOnce(new RefundUnclaimedError('refund_6776d57dnbTWj'));
    expect(await nothing.report(aRefund(), {})).toBeUndefined();
    attribute.mockRejectedValueOnce(new Error('the database is gone'));
    await expect(nothing.report(aRefund(), {})).rejects.toThrow('the database is gone');
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
