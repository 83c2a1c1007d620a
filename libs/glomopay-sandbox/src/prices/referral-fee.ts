import type { Money } from '../money/money.js';
import type { Price } from './price.js';

/** What a price takes of a payment. */
export function referralFee({ bps, fees_amount, fees_currency }: Price, paid: Money): Money {
  if (bps !== null) {
    return { amount: Math.round((paid.amount * bps) / 10_000), currency: paid.currency };
  }
  return { amount: fees_amount ?? 0, currency: fees_currency ?? paid.currency };
}
