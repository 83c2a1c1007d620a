import type { KnownMoney } from '../parts/money.js';
import type { Payment } from '../payments/payment.js';
import type { Refund } from './refund.js';

/** An amount of which nothing is in doubt. */
export interface RefundableAmount extends KnownMoney {}

/** What is left of a payment to refund: an amount, nothing, or nobody can tell. */
export type Remainder = RefundableAmount | 'nothing' | 'unknown';

/**
 * What is left. Only amounts of one kind are added: a refund is asked for in what is settled and
 * recorded in what the buyer was charged (docs/gateway.md, Refunds), so that what was asked for cannot be
 * read from it once a rate or a fee lies between the two.
 */
export function remainderOf(payment: Payment, refunds: readonly Refund[]): Remainder {
  const counted = refunds.filter(counts);
  if (counted.some(({ partialRefund }) => partialRefund === false)) return 'nothing';
  const whole = refundedAs(payment);
  if (counted.length === 0) return whole ?? 'unknown';
  const { paymentAmount, paymentCurrency } = payment;
  const isSummable = counted.every(
    ({ amount, currency }) => amount >= 0 && currency === paymentCurrency,
  );
  if (!isSummable || paymentAmount === null) return 'unknown';
  const back = counted.reduce((sum, { amount }) => sum + amount, 0);
  if (back >= paymentAmount) return 'nothing';
  return whole !== undefined && isChargedAsRefunded(payment)
    ? { ...whole, amount: whole.amount - back }
    : 'unknown';
}

/** All of a payment, in the currency in which refunds are asked for; undefined when it does not say. */
export function refundedAs({
  convertedAmount,
  convertedCurrency,
}: Payment): RefundableAmount | undefined {
  return convertedAmount === null || convertedAmount < 1 || convertedCurrency === null
    ? undefined
    : { amount: convertedAmount, currency: convertedCurrency };
}

/**
 * Whether the amount of a refund is the one that was asked for. It is given in what the buyer was
 * charged, and only when that was the very amount that is settled is there neither a rate nor a fee
 * of the buyer between the two (docs/gateway.md, Refunds).
 */
export function isChargedAsRefunded(payment: Payment): boolean {
  return (
    payment.convertedCurrency !== null &&
    payment.paymentCurrency === payment.convertedCurrency &&
    payment.paymentAmount === payment.convertedAmount
  );
}

/** Refunds under way count, and so does a status that we do not know: it may be one of those. */
function counts({ status }: Refund): boolean {
  return status !== 'failed' && status !== 'cancelled';
}
