import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decimalPlaces, formatMinorUnits, minorUnits, sameMoney, type Money } from './money.js';

describe('minorUnits', () => {
  it.each([
    ['10.50', 'USD', 1050],
    ['10.5', 'USD', 1050],
    ['10', 'USD', 1000],
    ['0.01', 'EUR', 1],
    ['0', 'USD', 0],
    ['295', 'JPY', 295],
    ['295.990', 'KWD', 295_990],
    ['1', 'KWD', 1_000],
    ['295', 'KRW', 295],
    ['295', 'jpy', 295],
    ['1.2345', 'CLF', 12_345],
    ['295.99', 'BHD', 295_990],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
    ['1.10', 'XXX', 110],
  ])('of %s %s are %i', (amount, currency, units) => {
    expect(minorUnits(amount, currency)).toBe(units);
  });

  it.each([
    ['10.505', 'USD'],
    ['1.0', 'JPY'],
    ['295.996', 'KWD'],
    ['295.991', 'TND'],
    ['295.9900', 'KWD'],
    ['1.5', 'XAF'],
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
    ['100', 'JPY '],
    ['100', ' JPY'],
    ['100', 'JP'],
    ['100', '¥'],
    ['100', ''],
    ['100', 'constructor'],
  ])('of %j %s do not exist', (amount, currency) => {
    expect(() => minorUnits(amount, currency)).toThrow(RangeError);
  });
});

describe('an amount of three decimals', () => {
  it('is refused by the digit that the gateway would drop', () => {
    expect(() => minorUnits('295.996', 'KWD')).toThrow(
      'The gateway takes two decimals of an amount in KWD: the third digit must be 0.',
    );
  });
});

describe('decimalPlaces', () => {
  it('are those of ISO 4217', () => {
    const currencies = Intl.supportedValuesOf('currency');
    const unlike = currencies.filter(
      (currency) =>
        decimalPlaces(currency) !== 2 &&
        decimalPlaces(currency) !==
          new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
            .maximumFractionDigits,
    );
    // CLDR rounds the Iraqi dinar to whole ones; ISO 4217 gives it three decimals.
    expect(unlike).toEqual(['IQD']);
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

  it('gives every amount back as minorUnits has read it', () => {
    const currency = fc.constantFrom('USD', 'JPY', 'KRW', 'KWD', 'BHD', 'CLF', 'XXX');
    fc.assert(
      fc.property(fc.nat(Number.MAX_SAFE_INTEGER), currency, (any, code) => {
        const units = decimalPlaces(code) === 3 ? any - (any % 10) : any;
        const text = formatMinorUnits(units, code);
        expect(minorUnits(text, code)).toBe(units);
        expect(formatMinorUnits(minorUnits(text, code), code)).toBe(text);
      }),
    );
  });

  it.each(['USD', 'JPY', 'KWD'])('is undone by minorUnits in %s', (currency) => {
    for (const units of [0, 10, 990, 1_000, 123_450]) {
      expect(minorUnits(formatMinorUnits(units, currency), currency)).toBe(units);
    }
    expect(decimalPlaces(currency)).toBe({ USD: 2, JPY: 0, KWD: 3 }[currency]);
  });
});

describe('sameMoney', () => {
  const usd = { amount: 1_000, currency: 'USD' };

  it('is so by amount and currency together', () => {
    expect(sameMoney(usd, { ...usd })).toBe(true);
    expect(sameMoney({ amount: 0, currency: 'JPY' }, { amount: -0, currency: 'JPY' })).toBe(true);
    expect(sameMoney(usd, { ...usd, amount: 1_001 })).toBe(false);
    expect(sameMoney(usd, { ...usd, currency: 'EUR' })).toBe(false);
    expect(sameMoney(usd, { ...usd, currency: 'usd' })).toBe(false);
  });

  it.each<[Money | null | undefined]>([
    [{ amount: null, currency: 'USD' }],
    [{ amount: 1_000, currency: null }],
    [{ amount: 1_000, currency: '' }],
    [{ amount: null, currency: null }],
    [{ amount: Number.NaN, currency: 'USD' }],
    [{ amount: 10.5, currency: 'USD' }],
    [{ amount: 2 ** 53, currency: 'USD' }],
    [null],
    [undefined],
  ])('is never so of %j, not even with itself', (unknown) => {
    expect(sameMoney(unknown, unknown)).toBe(false);
    expect(sameMoney(usd, unknown)).toBe(false);
    expect(sameMoney(unknown, usd)).toBe(false);
  });
});
