/** ISO 4217: the currencies whose minor unit is not a hundredth, by the digits after the point. */
const exceptions = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};
const decimals = new Map(
  Object.entries(exceptions).flatMap(([places, codes]) =>
    codes.split(' ').map((code) => [code, Number(places)] as const),
  ),
);

/** Decimal places of a currency by ISO 4217: 0 for JPY, 3 for KWD; 2 for a code that is not known. */
export function decimalPlaces(currency: string): number {
  return decimals.get(currency.toUpperCase()) ?? 2;
}

/**
 * Turns a decimal amount into the whole minor units that the gateway wants:
 * `minorUnits('10.50', 'USD')` is 1050, `minorUnits('295', 'JPY')` is 295. Nothing is ever rounded.
 * Currencies of three decimals are sent in thousandths of which the gateway takes two digits only:
 * `'295.990'` KWD is 295990, and `'295.996'` is refused.
 *
 * @throws {RangeError} not a plain decimal, too many decimals, beyond safe integers, or no currency: of
 *   `'JPY '` the decimals would be those of a code that is not known, and the amount a hundred times as much.
 */
export function minorUnits(amount: string, currency: string): number {
  if (!/^[A-Za-z]{3}$/.test(currency))
    throw new RangeError('A currency is three letters (ISO 4217).');
  const places = decimalPlaces(currency);
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(amount);
  const fraction = parts?.[2] ?? '';
  if (parts === null || fraction.length > places) {
    throw new RangeError(`An amount in ${currency} is digits with at most ${places} decimals.`);
  }
  const units = Number(`${parts[1]}${fraction.padEnd(places, '0')}`);
  if (!Number.isSafeInteger(units)) throw new RangeError('The amount is beyond safe integers.');
  if (places === 3 && units % 10 !== 0) {
    throw new RangeError(
      `The gateway takes two decimals of an amount in ${currency}: the third digit must be 0.`,
    );
  }
  return units;
}

/** Writes minor units as a decimal: `formatMinorUnits(1050, 'USD')` is `'10.50'`. */
export function formatMinorUnits(units: number, currency: string): string {
  if (!Number.isSafeInteger(units)) throw new RangeError('Minor units are a safe integer.');
  const places = decimalPlaces(currency);
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const sign = units < 0 ? '-' : '';
  return places === 0
    ? `${sign}${digits}`
    : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** An amount in minor units and its currency; null where the gateway told none, or nothing readable. */
export interface Money {
  /** Whole minor units of `currency`. */
  readonly amount: number | null;
  /** ISO 4217, upper case. */
  readonly currency: string | null;
}

/**
 * Tells whether two amounts are the same money: the same minor units of the same currency. What is
 * not known equals nothing: with a null in either of them, or without one of them, the answer is
 * false, also when both lack the same. Nothing is converted: USD 10.00 is never EUR 10.00, and a currency in lower
 * case is not the one in upper case.
 */
export function sameMoney(a: Money | null | undefined, b: Money | null | undefined): boolean {
  if (!isKnown(a) || !isKnown(b)) return false;
  return a.amount === b.amount && a.currency === b.currency;
}

function isKnown(money: Money | null | undefined): money is Money {
  const { amount, currency } = money ?? {};
  return Number.isSafeInteger(amount) && typeof currency === 'string' && currency !== '';
}
