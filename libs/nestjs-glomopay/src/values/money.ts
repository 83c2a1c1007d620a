/** Digits after the decimal point, where it is not two (docs/gateway.md, Amounts and currencies). */
const decimals: Readonly<Record<string, number>> = { JPY: 0, KWD: 3, BHD: 3, OMR: 3 };

/** Decimal places of a currency: 2 unless known otherwise (JPY 0; KWD, BHD, OMR 3). */
export function decimalPlaces(currency: string): number {
  return Object.hasOwn(decimals, currency) ? (decimals[currency] ?? 2) : 2;
}

/**
 * Turns a decimal amount into the whole minor units that the gateway wants:
 * `minorUnits('10.50', 'USD')` is 1050, `minorUnits('295', 'JPY')` is 295. Currencies of three
 * decimals are rounded down to two, as the gateway does: `'295.991'` KWD is 295990.
 *
 * @throws {RangeError} not a plain decimal, too many decimals, or beyond safe integers.
 */
export function minorUnits(amount: string, currency: string): number {
  const places = decimalPlaces(currency);
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(amount);
  const fraction = parts?.[2] ?? '';
  if (parts === null || fraction.length > places) {
    throw new RangeError(`An amount in ${currency} is digits with at most ${places} decimals.`);
  }
  const units = Number(`${parts[1]}${fraction.padEnd(places, '0')}`);
  if (!Number.isSafeInteger(units)) throw new RangeError('The amount is beyond safe integers.');
  return places === 3 ? units - (units % 10) : units;
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
