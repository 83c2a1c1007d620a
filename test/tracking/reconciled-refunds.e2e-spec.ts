import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Reconciliation, type ReconciliationFinding } from 'nestjs-glomopay';
import { aRefundOf, aRefundShop, idOf, type RefundShop } from './refund-shop.js';
import { refundStores } from './refund-stores.js';

describe.each(refundStores)('Refunds of which no event came (%s)', (_, open) => {
  let shop: RefundShop;
  let paymentId: string;
  beforeEach(async () => {
    const place = await open();
    shop = await aRefundShop(place);
    paymentId = await shop.aPayment();
  });
  afterEach(() => shop.close());

  const compared = async (repair: boolean) => {
    const found: ReconciliationFinding[] = [];
    const part = { from: '2020-01-01', to: '2099-01-01', repair };
    for await (const finding of shop.app.get(Reconciliation).reconcile(part)) found.push(finding);
    return found.filter(({ movement }) => movement === 'refund');
  };

  it('get their outcome by a comparison of the books', async () => {
    const { refund } = await shop.tracker.refund(aRefundOf(paymentId));
    shop.sandbox.completeRefund(idOf(refund), 'approve');
    expect(await compared(false)).toMatchObject([{ kind: 'status', repaired: false }]);
    expect(shop.books.seen).toEqual([]);
    expect(await compared(true)).toMatchObject([{ kind: 'status', repaired: true }]);
    expect(shop.books.seen).toMatchObject([{ outcome: 'succeeded', paymentId }]);
    expect(await compared(false)).toEqual([]);
  });

  it('are a case for a person when nobody here has asked for them', async () => {
    const refundId = await shop.atDashboard(paymentId, 400);
    shop.sandbox.completeRefund(refundId, 'approve');
    expect(await compared(false)).toMatchObject([{ kind: 'missing_here', objectId: refundId }]);
    expect(await shop.tracker.of(paymentId)).toEqual([]);
    expect(await compared(true)).toMatchObject([
      { kind: 'missing_here', objectId: refundId, state: 'needs_attention' },
    ]);
    expect(await shop.tracker.of(paymentId)).toMatchObject([
      { refundId, state: 'needs_attention', reason: 'unexpected_success' },
    ]);
    expect(shop.books.seen).toEqual([]);
  });
});
