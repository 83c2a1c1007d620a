import { describe, expect, it } from '@jest/globals';
import type { TrackedPayment, TrackedState } from 'nestjs-glomopay';
import type { CheckoutRow } from './checkout.row.js';
import { purchaseOf } from './purchase-of.js';

describe('purchaseOf', () => {
  it.each(['succeeded', 'failed'] as const)('shows the outcome that was written: %s', (outcome) => {
    expect(purchaseOf(aRow({ outcome, paymentId: 'payt_1' }), undefined)).toMatchObject({
      status: outcome,
      paymentId: 'payt_1',
    });
  });

  it.each([
    ['created', 'pending'],
    ['attempted', 'pending'],
    ['mismatch', 'mismatch'],
    ['needs_attention', 'needs_attention'],
    // Committed with its row: whoever sees only one of them has looked in between.
    ['succeeded', 'pending'],
    ['failed', 'pending'],
  ] as const)('without an outcome, shows a record that is %s as %s', (state, status) => {
    expect(purchaseOf(aRow(), aRecord(state)).status).toBe(status);
  });

  it.each([
    ['needs_attention', 'acknowledged', 'closed'],
    ['mismatch', 'acknowledged', 'closed'],
    ['needs_attention', 'refunded', 'returned'],
    ['mismatch', 'refunded', 'returned'],
    // Closed as an outcome, it is shown once the handler has written that.
    ['succeeded', 'succeeded', 'pending'],
    ['failed', 'failed', 'pending'],
  ] as const)('shows a record that is %s and was closed as %s as %s', (state, as, status) => {
    expect(purchaseOf(aRow(), aRecord(state, as)).status).toBe(status);
  });

  it('takes the ids of the gateway from the record until there is an outcome', () => {
    expect(purchaseOf(aRow(), aRecord('attempted'))).toMatchObject({
      orderId: 'order_1',
      paymentId: 'payt_1',
    });
  });

  it('shows a checkout that ended before its payment as failed', () => {
    expect(purchaseOf(aRow({ ended: 'ORDER_NOT_OPENED' }), undefined)).toMatchObject({
      status: 'failed',
      failureCode: 'ORDER_NOT_OPENED',
    });
  });

  it('waits a quarter of an hour for a payment that may still be sent', () => {
    expect(purchaseOf(minutesOld(14), undefined).status).toBe('pending');
    expect(purchaseOf(minutesOld(16), undefined)).toMatchObject({
      status: 'failed',
      failureCode: 'PAYMENT_NOT_STARTED',
    });
    expect(purchaseOf(minutesOld(16), aRecord('created')).status).toBe('pending');
  });
});

function aRow(over: Partial<CheckoutRow> = {}): CheckoutRow {
  return {
    reference: 'r',
    sessionHash: 's',
    productId: 'house-blend',
    amount: 1450,
    currency: 'USD',
    orderRequestId: 'order-r',
    paymentRequestId: 'payment-r',
    ended: null,
    createdAt: new Date().toISOString(),
    outcome: null,
    orderId: null,
    paymentId: null,
    failureCode: null,
    ...over,
  };
}

function minutesOld(minutes: number): CheckoutRow {
  return aRow({ createdAt: new Date(Date.now() - minutes * 60_000).toISOString() });
}

function aRecord(
  state: TrackedState,
  resolution: TrackedPayment['resolution'] = null,
): TrackedPayment {
  return {
    kind: 'payment',
    account: 'default',
    requestId: 'payment-r',
    reference: 'r',
    orderId: 'order_1',
    paymentLinkId: null,
    subscriptionId: null,
    amount: 1450,
    currency: 'USD',
    state,
    reason: null,
    paymentId: 'payt_1',
    gatewayStatus: null,
    complianceStatus: null,
    fundsAvailable: false,
    errorCode: null,
    errorDescription: null,
    resolution,
    resolvedBy: null,
    resolutionNote: null,
    version: 1,
    checks: 0,
    createdAt: new Date(),
    updatedAt: new Date(),
    nextCheckAt: null,
  };
}
