import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { IsIn, IsInt, IsOptional, validateSync } from 'class-validator';
import { GlomopayValidationError } from '../errors/validation.error.js';
import { AtLeast, ExactlyOneOf, OnlyWith, RequiredUnless, RequiredWith } from './rules-between.js';
import { toWire } from './to-wire.js';
import { Wire, type RequestClass } from './wire.decorator.js';

class PricedRequest {
  @Wire('amount')
  @RequiredUnless('quote')
  @IsInt()
  amount?: unknown;

  @Wire('quote')
  @IsOptional()
  @IsInt()
  quote?: unknown;

  @Wire('invoice')
  @IsOptional()
  @IsInt()
  @AtLeast('amount')
  invoice?: unknown;
}

class ConvertRequest {
  @Wire('source')
  @ExactlyOneOf('source', 'target')
  @IsInt()
  source?: unknown;

  @Wire('target')
  @IsOptional()
  @IsInt()
  target?: unknown;
}

class PlanRequest {
  @Wire('interval')
  @IsIn(['month', 'year', 'free'])
  interval?: unknown;

  @Wire('cycles')
  @RequiredWith('interval', 'month', 'year')
  @IsInt()
  cycles?: unknown;

  @Wire('splits')
  @IsOptional()
  @OnlyWith('interval', 'free')
  @IsInt()
  splits?: unknown;
}

/** `member rule` of what our plan finds, after it has been compared with class-validator. */
function broken(type: RequestClass, request: object): string[] {
  const ofNest = validateSync(Object.assign(new type(), request)).flatMap(
    ({ property, constraints = {} }) =>
      Object.keys(constraints).map((rule) => `${property} ${rule}`),
  );
  let ours: string[] = [];
  try {
    toWire(type, 'request', request);
  } catch (thrown) {
    if (!(thrown instanceof GlomopayValidationError)) throw thrown;
    ours = thrown.violations.map(({ path, rule }) => `${path} ${rule}`);
  }
  expect(ours.toSorted()).toEqual(ofNest.toSorted());
  return ours;
}

function wordsOf(type: RequestClass, request: object): string {
  try {
    toWire(type, 'request', request);
    return '';
  } catch (thrown) {
    return String(thrown);
  }
}

describe('RequiredUnless', () => {
  it.each([
    [{ amount: 1 }],
    [{ quote: 1 }],
    [{ amount: 1, quote: 1 }],
    [{ amount: null, quote: 1 }],
  ])('is content with %j', (request) => expect(broken(PricedRequest, request)).toEqual([]));

  it.each([[{}], [{ amount: undefined, quote: null }]])('misses the member in %j', (request) => {
    expect(broken(PricedRequest, request)).toContain('amount requiredUnless');
    expect(wordsOf(PricedRequest, request)).toContain('must be given unless quote is');
  });

  it('still checks a member that need not be given', () => {
    expect(broken(PricedRequest, { amount: 'a', quote: 1 })).toEqual(['amount isInt']);
  });
});

describe('AtLeast', () => {
  it.each([
    [{ amount: 5, invoice: 5 }],
    [{ amount: 5, invoice: 6 }],
    [{ quote: 1, invoice: 1 }],
    [{ amount: 5, invoice: null }],
  ])('is content with %j', (request) => expect(broken(PricedRequest, request)).toEqual([]));

  it('refuses less, and says than what', () => {
    expect(broken(PricedRequest, { amount: 5, invoice: 4 })).toEqual(['invoice atLeast']);
    expect(wordsOf(PricedRequest, { amount: 5, invoice: 4 })).toContain(
      'must not be less than amount',
    );
  });

  it('leaves what is no number to the rule of that member', () => {
    expect(broken(PricedRequest, { amount: '9', invoice: 4 })).toEqual(['amount isInt']);
    expect(broken(PricedRequest, { amount: 9, invoice: '4' })).toEqual(['invoice isInt']);
  });
});

describe('ExactlyOneOf', () => {
  it.each([[{ source: 1 }], [{ target: 1 }], [{ source: null, target: 1 }], [{ source: 0 }]])(
    'is content with %j',
    (request) => expect(broken(ConvertRequest, request)).toEqual([]),
  );

  it('refuses both, once', () => {
    expect(broken(ConvertRequest, { source: 1, target: 1 })).toEqual(['source exactlyOneOf']);
    expect(wordsOf(ConvertRequest, { source: 1, target: 1 })).toContain(
      'must be given, or else target: exactly one of them',
    );
  });

  it('refuses neither', () => {
    expect(broken(ConvertRequest, {})).toContain('source exactlyOneOf');
    expect(broken(ConvertRequest, { source: null, target: null })).toContain('source exactlyOneOf');
  });

  it('still checks the one', () => {
    expect(broken(ConvertRequest, { target: 'a' })).toEqual(['target isInt']);
    expect(broken(ConvertRequest, { source: 'a' })).toEqual(['source isInt']);
  });
});

describe('RequiredWith and OnlyWith', () => {
  it.each([
    [{ interval: 'month', cycles: 2 }],
    [{ interval: 'year', cycles: 2 }],
    [{ interval: 'free' }],
    [{ interval: 'free', splits: 1 }],
    [{ interval: 'free', cycles: null }],
  ])('are content with %j', (request) => expect(broken(PlanRequest, request)).toEqual([]));

  it('miss what has to be given', () => {
    expect(broken(PlanRequest, { interval: 'year' })).toContain('cycles requiredWith');
    expect(wordsOf(PlanRequest, { interval: 'year' })).toContain(
      'must be given where interval is month or year',
    );
  });

  it('refuse what has no place there', () => {
    expect(broken(PlanRequest, { interval: 'free', cycles: 2 })).toEqual(['cycles onlyWith']);
    expect(broken(PlanRequest, { interval: 'year', cycles: 2, splits: 1 })).toEqual([
      'splits onlyWith',
    ]);
    expect(wordsOf(PlanRequest, { interval: 'free', cycles: 2 })).toContain(
      'must not be given unless interval is month or year',
    );
  });

  it('ask for nothing by a value that is none, and take nothing by it', () => {
    expect(broken(PlanRequest, { interval: 'week' })).toEqual(['interval isIn']);
    expect(broken(PlanRequest, { interval: ['month'], cycles: 1 })).toEqual([
      'interval isIn',
      'cycles onlyWith',
    ]);
  });
});

describe('the OpenAPI schema of a request', () => {
  const schemaOf = (type: RequestClass): unknown =>
    Reflect.get(type, '_OPENAPI_METADATA_FACTORY').call(type);

  it('says what a member depends on, and requires none of them', () => {
    expect(schemaOf(PricedRequest)).toMatchObject({
      amount: { required: false, description: 'Required unless quote is given.' },
      invoice: { required: false, description: 'Not less than amount.' },
    });
    expect(schemaOf(ConvertRequest)).toMatchObject({
      source: { required: false, description: 'Exactly one of this and target.' },
    });
    expect(schemaOf(PlanRequest)).toMatchObject({
      interval: { required: true },
      cycles: {
        required: false,
        description: 'Only where interval is month or year. Required there.',
      },
      splits: { required: false, description: 'Only where interval is free.' },
    });
  });
});
