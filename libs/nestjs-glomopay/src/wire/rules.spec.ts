import 'reflect-metadata';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { GlomopayValidationError } from '../errors/validation.error.js';
import { toWire } from './to-wire.js';
import {
  IsCalendarDate,
  IsCountry,
  IsCurrency,
  IsGlomopayId,
  IsInstant,
  IsMinorUnits,
  IsNotes,
  IsPurposeCode,
} from './rules.js';
import { Wire, type RequestClass } from './wire.decorator.js';

/** A request class with the one member `value` under a rule, and a currency beside it. */
function under(rule: PropertyDecorator): RequestClass {
  class Request {
    value: unknown;
    currency: unknown;
  }
  Wire('value')(Request.prototype, 'value');
  rule(Request.prototype, 'value');
  Wire('currency')(Request.prototype, 'currency');
  return Request;
}

/** What the rule says of a value: its name and its words; nothing when it holds. */
function broken(type: RequestClass, request: object): string[] {
  try {
    toWire(type, 'request', request);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof GlomopayValidationError)) throw thrown;
    return thrown.violations.map(({ rule, message }) => `${rule}: ${message}`);
  }
}

describe('IsGlomopayId', () => {
  const payin = under(IsGlomopayId(['order', 'paymentLink', 'topUp']));

  it.each(['order_1', 'plink_1', 'payin_1', 'addfunds_1'])(
    'takes %s for one of its kinds',
    (value) => {
      expect(broken(payin, { value })).toEqual([]);
    },
  );

  it.each(['cust_1', 'order_', 'order', 'xorder_1', 'order_1/..', 7])(
    'names the kinds to who gives %j',
    (value) => {
      expect(broken(payin, { value })).toEqual([
        'isGlomopayId: must be an id that starts with order_, plink_ or addfunds_',
      ]);
    },
  );
});

describe('a rule for each entry of a list', () => {
  const splits = under(IsGlomopayId('split', { each: true }));

  it('sees a hole, which JSON would send as null', () => {
    // eslint-disable-next-line no-sparse-arrays
    for (const value of [[, 'psplit_1'], ['psplit_1', ,], Array<string>(2)]) {
      expect(broken(splits, { value })).toHaveLength(1);
    }
    expect(broken(splits, { value: ['psplit_1'] })).toEqual([]);
  });
});

describe('IsNotes', () => {
  const notes = under(IsNotes());

  it.each<[string, unknown]>([
    ['a date, which JSON writes as a text', new Date()],
    ['a map, of which JSON writes nothing', new Map([['key', 'text']])],
    [
      'what writes itself otherwise',
      new (class {
        a = 'b';
        toJSON = (): number => 7;
      })(),
    ],
    [
      'what inherits how it is written',
      new (class {
        a = 'b';
        toJSON(): number {
          return 7;
        }
      })(),
    ],
    ['a list', ['text']],
    ['a text', 'text'],
    ['numbers', { a: 1 }],
  ])('refuses %s', (_, value) => {
    expect(broken(notes, { value })).toEqual(['isNotes: must be a plain object of texts']);
  });

  it('takes texts, with a prototype and without', () => {
    expect(broken(notes, { value: { a: 'b' } })).toEqual([]);
    expect(broken(notes, { value: Object.assign(Object.create(null), { a: 'b' }) })).toEqual([]);
    expect(broken(notes, { value: runInNewContext('({ a: "b" })') })).toEqual([]);
  });
});

describe('IsMinorUnits', () => {
  const amount = under(IsMinorUnits('currency'));

  it.each([
    [295_990, 'KWD'],
    [295_991, 'USD'],
    [1, 'JPY'],
    [10, 'BHD'],
    [12_345, 'CLF'],
    [295_991, undefined],
    [295_991, null],
    [295_991, 7],
  ])('takes %j of %j', (value, currency) => {
    expect(broken(amount, { value, currency })).toEqual([]);
  });

  it.each([
    [295_991, 'KWD'],
    [1, 'TND'],
    [295_995, 'kwd'],
  ])('refuses %i of %s, of which the gateway would drop the last digit', (value, currency) => {
    expect(broken(amount, { value, currency })).toEqual([
      'isTwoDecimals: must end in 0: of three decimals the gateway takes two',
    ]);
  });

  it.each([0, -10, 10.5, Number.NaN, '10', 2 ** 53, null])('names one fault of %j', (value) => {
    expect(broken(amount, { value, currency: 'KWD' })).toEqual([
      'isMinorUnits: must be a whole number of minor units, 1 or more',
    ]);
  });

  it('without a currency takes any digit', () => {
    expect(broken(under(IsMinorUnits()), { value: 295_991, currency: 'KWD' })).toEqual([]);
  });
});

describe('rules of texts', () => {
  const rules = {
    IsCalendarDate: under(IsCalendarDate()),
    IsInstant: under(IsInstant()),
    IsCountry: under(IsCountry()),
    IsCurrency: under(IsCurrency()),
    IsPurposeCode: under(IsPurposeCode('payin')),
  };

  it.each([
    ['IsCalendarDate', '2024-02-29'],
    ['IsInstant', '2024-02-29'],
    ['IsInstant', '2024-02-29T00:00:00.5+01:00'],
    ['IsCountry', 'IND'],
    ['IsCurrency', 'CHF'],
    ['IsPurposeCode', 'P0802'],
    ['IsPurposeCode', 'S0001'],
    // Newer than this library.
    ['IsPurposeCode', 'P9999'],
  ] as const)('%s takes %s', (name, value) => {
    expect(broken(rules[name], { value })).toEqual([]);
  });

  it.each([
    ['IsCalendarDate', '2023-02-29', 'isCalendarDate: must be a day, YYYY-MM-DD'],
    ['IsCalendarDate', '2024-02-29T00:00:00Z', 'isCalendarDate: must be a day, YYYY-MM-DD'],
    [
      'IsInstant',
      '2026-W01',
      'isInstant: must be a time such as 2026-01-31T12:00:00Z, or a day, YYYY-MM-DD',
    ],
    ['IsCountry', 'Ind', 'matches: must be an ISO 3166 alpha-3 code in upper case'],
    ['IsCountry', 'IN', 'matches: must be an ISO 3166 alpha-3 code in upper case'],
    ['IsCountry', 'IND\n', 'matches: must be an ISO 3166 alpha-3 code in upper case'],
    ['IsCountry', ['IND'], 'matches: must be an ISO 3166 alpha-3 code in upper case'],
    ['IsCurrency', 'usd', 'matches: must be an ISO 4217 code in upper case'],
    ['IsPurposeCode', 'p0802', 'matches: must be a payin purpose code: P or S and four digits'],
    ['IsPurposeCode', 'PYR001', expect.stringContaining('matches')],
    ['IsPurposeCode', 'P0802\n', expect.stringContaining('matches')],
    ['IsPurposeCode', 'P080２', expect.stringContaining('matches')],
  ] as const)('%s refuses %j', (name, value, words) => {
    expect(broken(rules[name], { value })).toEqual([words]);
  });
});
