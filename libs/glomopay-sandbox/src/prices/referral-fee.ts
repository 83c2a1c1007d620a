import type { Money } from '../money/money.js';
import type { Rates } from '../money/rates.js';
import type { Price } from './price.js';

/** What a price takes of a payment. */
export function referralFee({ bps, fees_amount, fees_currency }: Price, paid: Money): Money {
  if (bps !== null) {
    return { amount: Math.round((paid.amount * bps) / 10_000), currency: paid.currency };
  }
  return { amount: fees_amount ?? 0, currency: fees_currency ?? paid.currency };
}

/** A fee as a payment has it: in the currency of what it brings, which it is taken of (INFERRED). */
export function takenIn(currency: string, fee: Money, rates: Rates): Money {
  return rates.convert(fee, currency) ?? { amount: 0, currency };
}
