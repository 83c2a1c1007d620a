import type { Money } from './payment.js';

/**
 * What the buyer's bank charges for an order.
 *
 * A dollar order is charged in dirhams, at the rate of the published sample (1000 USD cents are
 * 3746 fils), so that a client which compares `payment_amount` with its order is found out.
 */
export function chargedAmount(requested: Money): Money {
  if (requested.currency !== 'USD') return requested;
  const fils = Math.round((requested.amount * 3746) / 1000);
  return Number.isSafeInteger(fils) ? { amount: fils, currency: 'AED' } : requested;
}

/** INFERRED: the merchant's fee is 3 %, as in the published sample. */
export function transactionFee(requested: Money): Money {
  return { amount: Math.round(requested.amount * 0.03), currency: requested.currency };
}
