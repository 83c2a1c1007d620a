import { decodePayment, type Payment } from '../src/api/payments/payment.js';
import { newRecord } from '../src/tracking/store/new-record.js';
import type { TrackedRecord } from '../src/tracking/store/tracked-record.js';

/** A payment of order_1 over 10.00 USD, in progress unless spoiled. */
export function aPayment(over: Partial<Payment> = {}): Payment {
  return {
    ...decodePayment({
      id: 'payt_1',
      payin_id: 'order_1',
      status: 'in_progress',
      requested_amount: 1_000,
      requested_currency: 'USD',
    }),
    ...over,
  };
}

/** The intent that fits {@link aPayment}. */
export function aPaymentRecord(over: Partial<TrackedRecord> = {}): TrackedRecord {
  const intent = {
    account: 'default',
    kind: 'payment' as const,
    requestId: 'request-1',
    reference: 'ref-1',
    subjectId: 'order_1',
    exclusive: true,
    amount: 1_000,
    currency: 'USD',
  };
  return { ...newRecord(intent, new Date(0), new Date(0)), ...over };
}
