import type { PaymentIntent, TrackedPayment } from './tracked-payment.js';

/** The record of an intent that was just written, with the dates of the store. */
export function newRecord(intent: PaymentIntent, now: Date, nextCheckAt: Date): TrackedPayment {
  return {
    account: intent.account,
    requestId: intent.requestId,
    reference: intent.reference,
    orderId: intent.orderId,
    subscriptionId: intent.subscriptionId,
    amount: intent.amount,
    currency: intent.currency,
    state: 'created',
    reason: null,
    paymentId: null,
    gatewayStatus: null,
    complianceStatus: null,
    fundsAvailable: false,
    errorCode: null,
    errorDescription: null,
    version: 1,
    checks: 0,
    createdAt: now,
    updatedAt: now,
    nextCheckAt,
  };
}
