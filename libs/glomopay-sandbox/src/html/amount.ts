import type { Money } from '../money/money.js';

/** An amount as a buyer reads it: minor units become `USD 10.00`, `JPY 295`, `KWD 295.990`. */
export function formatAmount({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits).replaceAll(/\s/g, '\u00A0');
}
