import { isFinalPaymentStatus, type Payment } from '../payments/payment.js';
import {
  isSettled,
  type TrackedChange,
  type TrackedPayment,
  type TrackedReason,
} from './tracked-payment.js';

/** What a witness has brought. */
export type Observation =
  /** The payment as just fetched from the gateway: the truth. */
  | { readonly kind: 'payment'; readonly payment: Payment }
  /** Nothing was charged, and nothing will be: the gateway refused, or never heard of it. */
  | {
      readonly kind: 'no_payment';
      readonly reason: 'rejected' | 'not_sent' | 'never_arrived';
      readonly errorCode: string | null;
      readonly errorDescription: string | null;
    }
  /** Nobody will look again by themselves. */
  | { readonly kind: 'given_up'; readonly reason: 'no_outcome' | 'ambiguous' | 'handler_failed' };

/** What else is known when the record is locked. */
export interface Surroundings {
  /** Another payment of the same order that has succeeded. */
  readonly paidAlready: boolean;
}

/**
 * The state machine of a tracked payment: what an observation changes, or undefined. Pure; the one
 * place where an outcome is decided. A settled state never changes; what the gateway reports beside
 * it (compliance, funds) still moves.
 */
export function transition(
  record: TrackedPayment,
  observation: Observation,
  { paidAlready }: Surroundings,
): TrackedChange | undefined {
  switch (observation.kind) {
    case 'payment':
      return isSettled(record.state)
        ? beside(record, observation.payment)
        : changed(record, toward(record, observation.payment, paidAlready));
    case 'no_payment': {
      if (isSettled(record.state) || record.paymentId !== null) return undefined;
      const { reason, errorCode, errorDescription } = observation;
      return { state: 'failed', reason, errorCode, errorDescription };
    }
    case 'given_up':
      return isSettled(record.state)
        ? undefined
        : changed(record, { state: 'needs_attention', reason: observation.reason });
  }
}

/** Where the fetched payment takes a record that has no outcome yet. */
function toward(record: TrackedPayment, payment: Payment, paidAlready: boolean): TrackedChange {
  const seen: TrackedChange = {
    paymentId: record.paymentId ?? payment.id,
    gatewayStatus: payment.status,
    complianceStatus: payment.complianceStatus,
    fundsAvailable: record.fundsAvailable || payment.fundsAvailable,
    errorCode: payment.errorCode,
    errorDescription: payment.errorDescription,
  };
  if (!isFinalPaymentStatus(payment.status)) {
    return record.state === 'created' ? { ...seen, state: 'attempted', reason: null } : seen;
  }
  const difference = differenceOf(record, payment);
  if (difference !== undefined) return { ...seen, state: 'mismatch', reason: difference };
  if (payment.status === 'failed') return { ...seen, state: 'failed', reason: null };
  return paidAlready
    ? { ...seen, state: 'needs_attention', reason: 'duplicate_charge' }
    : { ...seen, state: 'succeeded', reason: null };
}

/** What may still move when the outcome stands. A second, different final status is only noted. */
function beside(record: TrackedPayment, payment: Payment): TrackedChange | undefined {
  if (record.paymentId !== null && record.paymentId !== payment.id) return undefined;
  const contradicts =
    (record.state === 'succeeded' && payment.status === 'failed') ||
    (record.state === 'failed' && payment.status === 'success');
  return changed(record, {
    complianceStatus: payment.complianceStatus ?? record.complianceStatus,
    fundsAvailable: record.fundsAvailable || payment.fundsAvailable,
    ...(contradicts && { reason: 'terminal_conflict' as const }),
  });
}

/**
 * The requested amount and currency are compared, never what the buyer was charged
 * (docs/gateway.md, Amounts and currencies).
 */
function differenceOf(record: TrackedPayment, payment: Payment): TrackedReason | undefined {
  if (record.paymentId !== null && payment.id !== record.paymentId) return 'order_differs';
  if (record.orderId !== null && payment.payinId !== record.orderId) return 'order_differs';
  if (record.subscriptionId !== null && payment.subscriptionId !== record.subscriptionId) {
    return 'order_differs';
  }
  if (payment.requestedAmount !== record.amount) return 'amount_differs';
  if (payment.requestedCurrency !== record.currency) return 'currency_differs';
  return undefined;
}

/** Only what is really new; undefined when nothing is. */
function changed(record: TrackedPayment, change: TrackedChange): TrackedChange | undefined {
  const fresh = Object.entries(change).filter(
    ([member, value]) => record[member as keyof TrackedChange] !== value,
  );
  return fresh.length === 0 ? undefined : Object.fromEntries(fresh);
}
