import type { Money } from '../money/money.js';
import type { Rates } from '../money/rates.js';
import type { Payment } from './payment.js';

/**
 * What the buyer's bank charges for an order.
 *
 * A dollar order is charged in dirhams, as in the published sample, so that a client which compares `payment_amount` with its order is found out.
 */
export function chargedAmount(requested: Money, rates: Rates): Money {
  if (requested.currency !== 'USD') return requested;
  return rates.convert(requested, 'AED') ?? requested;
}

/** INFERRED: the merchant's fee is 3 %, as in the published sample, also of a transfer. */
export function transactionFee(requested: Money): Money {
  return { amount: Math.round(requested.amount * 0.03), currency: requested.currency };
}

/** What a payment adds to the merchant's balance: the order's amount less the fees (INFERRED). */
export function creditedAmount(payment: Payment): Money {
  const { converted_amount, converted_currency: currency, fees } = payment;
  const taken = (fees?.txn_fee.amount ?? 0) + (fees?.referral_fee.amount ?? 0);
  // A fixed fee can be more than a small payment.
  return { amount: Math.max(0, converted_amount - taken), currency };
}
