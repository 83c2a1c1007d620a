import { describe, expect, it } from '@jest/globals';
import { decimalPlaces, formatMinorUnits, minorUnits } from './money.js';

describe('minorUnits', () => {
  it.each([
    ['10.50', 'USD', 1050],
    ['10.5', 'USD', 1050],
    ['10', 'USD', 1000],
    ['0.01', 'EUR', 1],
    ['0', 'USD', 0],
    ['295', 'JPY', 295],
    ['295.991', 'KWD', 295_990],
    ['295.99', 'BHD', 295_990],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
    ['1.10', 'XXX', 110],
    ['1.10', 'constructor', 110],
  ])('of %s %s are %i', (amount, currency, units) => {
    expect(minorUnits(amount, currency)).toBe(units);
  });

  it.each([
    ['10.505', 'USD'],
    ['1.0', 'JPY'],
    ['1,000.00', 'USD'],
    ['-1', 'USD'],
    ['+1', 'USD'],
    ['1e3', 'USD'],
    ['.5', 'USD'],
    ['5.', 'USD'],
    ['', 'USD'],
    [' 1', 'USD'],
    ['1\n', 'USD'],
    ['Infinity', 'USD'],
    ['90071992547409.92', 'USD'],
    ['９', 'USD'],
  ])('of %j %s do not exist', (amount, currency) => {
    expect(() => minorUnits(amount, currency)).toThrow(RangeError);
  });
});

describe('formatMinorUnits', () => {
  it.each([
    [1050, 'USD', '10.50'],
    [5, 'USD', '0.05'],
    [0, 'USD', '0.00'],
    [-5, 'USD', '-0.05'],
    [295, 'JPY', '295'],
    [295_990, 'KWD', '295.990'],
    [Number.MAX_SAFE_INTEGER, 'USD', '90071992547409.91'],
  ])('writes %i %s as %s', (units, currency, text) => {
    expect(formatMinorUnits(units, currency)).toBe(text);
  });

  it.each([1.5, Number.NaN, Infinity, 2 ** 53])('refuses %d', (units) => {
    expect(() => formatMinorUnits(units, 'USD')).toThrow(RangeError);
  });

  it.each(['USD', 'JPY', 'KWD'])('is undone by minorUnits in %s', (currency) => {
    for (const units of [0, 10, 990, 1_000, 123_450]) {
      expect(minorUnits(formatMinorUnits(units, currency), currency)).toBe(units);
    }
    expect(decimalPlaces(currency)).toBe({ USD: 2, JPY: 0, KWD: 3 }[currency]);
  });
});
