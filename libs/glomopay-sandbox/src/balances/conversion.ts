import type { Money } from '../money/money.js';
import type { Rates } from '../money/rates.js';

/** What the gateway calls it, and how its ids begin. */
export const CONVERSION = { kind: 'Balance conversion', idPrefix: 'conv' } as const;

/** Money of the balance that was changed into another currency, as the gateway answers it. */
export interface Conversion {
  readonly id: string;
  readonly from: Money;
  readonly to: Money;
  readonly fees: Money;
  readonly mid_market_rate: { readonly currency: string; readonly rate: number };
  /** INFERRED: here it is done at once. */
  readonly status: 'success';
  readonly created_at: string;
}

/** What a conversion comes to. */
export type Converted = Pick<Conversion, 'from' | 'to' | 'fees' | 'mid_market_rate'>;

const MILLION = 1_000_000;
/** INFERRED, as in the published sample: 1 % of what is taken. */
const FEE = 0.01;

/**
 * So much of the one. The fee comes off first, and a part of a minor unit is nobody's, as in the published
 * sample (INFERRED).
 *
 * @returns `undefined` when there is no rate, or the result is no safe integer.
 */
export function convertedFrom(from: Money, target: string, rates: Rates): Converted | undefined {
  const rate = rates.find(from.currency, target);
  if (rate === undefined) return undefined;
  const fees = { amount: Math.round(from.amount * FEE), currency: from.currency };
  const amount = atRate(from.amount - fees.amount, rate);
  if (!Number.isSafeInteger(amount)) return undefined;
  const to = { amount, currency: target };
  return { from, to, fees, mid_market_rate: { currency: target, rate } };
}

/** As much of the one as makes so much of the other: the least that does. @returns as above. */
export function convertedTo(to: Money, source: string, rates: Rates): Converted | undefined {
  const rate = rates.find(source, to.currency);
  if (rate === undefined) return undefined;
  const enough = (amount: number): boolean =>
    (convertedFrom({ amount, currency: source }, to.currency, rates)?.to.amount ?? 0) >= to.amount;
  let low = Math.max(1, Math.floor(to.amount / rate));
  let high = Math.ceil((to.amount + 1) / rate / (1 - FEE)) + 2;
  if (!Number.isSafeInteger(high) || !enough(high)) return undefined;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle + 1;
  }
  const found = convertedFrom({ amount: high, currency: source }, to.currency, rates);
  return found && { ...found, to };
}

function atRate(amount: number, rate: number): number {
  return Number((BigInt(amount) * BigInt(Math.round(rate * MILLION))) / BigInt(MILLION));
}
