import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsDefined,
  IsInt,
  IsOptional,
  IsString,
  ValidateNested,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { CreateCustomerDto } from '../api/customers/create-customer.dto.js';
import { GlomopayValidationError } from '../errors/validation.error.js';
import { BankAccountDto } from '../api/parts/bank-account.dto.js';
import { CreateOrderDto } from '../api/orders/create-order.dto.js';
import { OrderFilterDto } from '../api/orders/order-filter.dto.js';
import { CreatePaymentDto } from '../api/payments/create-payment.dto.js';
import { PaymentFilterDto } from '../api/payments/payment-filter.dto.js';
import { IsNotes } from './rules.js';
import { RequestPlan } from './request-plan.js';
import { Wire, type RequestClass } from './wire.decorator.js';

/** `path rule` of everything that class-validator finds in an instance. */
function ofClassValidator(errors: readonly ValidationError[], under = ''): string[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = under === '' ? property : `${under}.${property}`;
    const own = Object.keys(constraints).filter((rule) => rule !== 'nestedValidation');
    return [...own.map((rule) => `${path} ${rule}`), ...ofClassValidator(children, path)];
  });
}

/** The same of our plan, for the plain object. */
function ofPlan(type: RequestClass, plain: object): string[] {
  try {
    RequestPlan.of(type).toWire('request', plain);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof GlomopayValidationError)) throw thrown;
    return thrown.violations
      .filter(({ rule }) => rule !== 'isObject')
      .map(({ path, rule }) => `${path} ${rule}`);
  }
}

const card = {
  holderName: 'John Doe',
  number: '4111111111111111',
  expiryMonth: '09',
  expiryYear: '2030',
  cvv: '123',
};
const valid: [RequestClass, Record<string, unknown>][] = [
  [CreateOrderDto, { customerId: 'cust_1', amount: 1, currency: 'USD', product: { name: 'N' } }],
  [CreateOrderDto, { customerId: 'cust_1', quoteId: 'quote_1' }],
  [
    CreateOrderDto,
    {
      customerId: 'cust_1',
      amount: 1,
      currency: 'USD',
      lrs: { lrsQuoteId: 'quote_1', remittanceInformation: 'A' },
      bankAccountDetails: { accountNumber: '1', bicSecondary: 'B' },
    },
  ],
  [CreatePaymentDto, { orderId: 'order_1', card, callbackUrl: 'https://a.example/' }],
  [CreatePaymentDto, { subscriptionId: 'sub_1', card, requestId: 'r', splitIds: ['psplit_1'] }],
  [
    CreateCustomerDto,
    {
      name: 'John',
      customerType: 'individual',
      email: 'a@example.com',
      address: 'A',
      city: 'C',
      state: 'S',
      country: 'IND',
      phone: '+1',
      kyc: { panNumber: 'IXQPK8942E' },
    },
  ],
  [BankAccountDto, { accountNumber: '1', bicPrimary: 'B' }],
  [OrderFilterDto, { page: 1, perPage: 100, before: '2026-01-01', status: 'paid' }],
  [PaymentFilterDto, { payinId: 'order_1', currency: 'usd' }],
];
const spoils = [undefined, null, '', 'x', 0, -1, 1.5, true, [], [1], {}];

/** Each member in turn set to each odd value, nested ones too. */
function spoiled(plain: Record<string, unknown>): Record<string, unknown>[] {
  return Object.entries(plain).flatMap(([key, value]) => [
    ...spoils.map((spoil) => ({ ...plain, [key]: spoil })),
    ...(typeof value === 'object' && value !== null && !Array.isArray(value)
      ? spoiled(value as Record<string, unknown>).map((inner) => ({ ...plain, [key]: inner }))
      : []),
  ]);
}

/** A list or a bare value where an object belongs: both refuse it, in words of their own. */
function isMisplaced(finding: string): boolean {
  return /^(?:card|product|lrs|bankAccountDetails|kyc)\b/.test(finding);
}

describe('RequestPlan', () => {
  it.each(valid.map(([type, plain]) => [type.name, type, plain] as const))(
    'finds in a %s what class-validator finds',
    (_, type, plain) => {
      expect(ofPlan(type, plain)).toEqual([]);
      for (const request of spoiled(plain)) {
        const expected = ofClassValidator(validateSync(plainToInstance(type, request)));
        const found = ofPlan(type, request);
        const sides = [expected, found].map((findings) =>
          findings.filter((finding) => !isMisplaced(finding)).toSorted(),
        );
        expect({ request, found: sides[1] }).toEqual({ request, found: sides[0] });
      }
    },
  );

  it('says a rule in words, without the value', () => {
    class Sample {
      @Wire('count')
      @IsInt({ message: '$property is $value, not $constraint1' })
      count!: number;
    }
    const broken = (): unknown => RequestPlan.of(Sample).toWire('sample', { count: '4111' });
    expect(broken).toThrow(GlomopayValidationError);
    expect(broken).not.toThrow(/4111/);
  });

  it('refuses an asynchronous rule as a fault of the class', () => {
    class Inner {
      @Wire('name')
      @IsDefined()
      @IsString()
      name!: string;
    }
    class Outer extends Inner {
      @Wire('list')
      @IsArray()
      list!: unknown[];
    }
    expect(RequestPlan.of(Outer).toWire('outer', { name: 'n', list: [1] })).toEqual({
      name: 'n',
      list: [1],
    });
    expect(() => RequestPlan.of(Outer).toWire('outer', { list: [] })).toThrow(/name: /);
  });

  it.each(valid.map(([type, plain]) => [type.name, type, plain] as const))(
    'checks a %s without writing it as strictly as it writes it',
    (_, type, plain) => {
      for (const request of [plain, ...spoiled(plain)]) {
        const found = violationsOf(() => RequestPlan.of(type).check('request', request));
        expect({ request, found }).toEqual({
          request,
          found: violationsOf(() => RequestPlan.of(type).toWire('request', request)),
        });
      }
    },
  );
});

/** What a run throws, whole; undefined when it does not. */
function violationsOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof GlomopayValidationError)) throw thrown;
    return thrown.violations;
  }
}

describe('a list of nested objects', () => {
  class AnswerDto {
    @Wire('rfi_doc_id')
    @IsString()
    rfiDocId!: string;

    @Wire('notes')
    @IsOptional()
    @IsNotes()
    notes?: Record<string, string>;
  }
  class AnswersDto {
    @Wire('answered_documents', () => AnswerDto, { list: true })
    @IsArray()
    @ArrayMinSize(1)
    @ValidateNested({ each: true })
    documents!: AnswerDto[];
  }
  class BareDto {
    @Wire('documents', () => AnswerDto, { list: true })
    documents?: AnswerDto[];
  }
  const plan = RequestPlan.of(AnswersDto);

  it('is written entry by entry, in wire names', () => {
    const documents = [{ rfiDocId: 'a' }, Object.assign(new AnswerDto(), { rfiDocId: 'b' })];
    expect(plan.toWire('answers', { documents })).toEqual({
      answered_documents: [{ rfi_doc_id: 'a' }, { rfi_doc_id: 'b' }],
    });
  });

  it.each([
    ['a wrong member', [{ rfiDocId: 'a' }, { rfiDocId: 7 }], ['documents[1].rfiDocId isString']],
    ['an unknown member', [{ rfiDocId: 'a', x: 1 }], ['documents[0] knownMembersOnly']],
    ['an entry of null', [null], ['documents[0] isObject']],
    ['a text', ['a'], ['documents[0] isObject']],
    ['a list in it', [[]], ['documents[0] isObject']],
    // eslint-disable-next-line no-sparse-arrays
    ['a hole', [, { rfiDocId: 'a' }], ['documents[0] isObject']],
    ['nothing', [], ['documents arrayMinSize']],
    ['no list', { rfiDocId: 'a' }, ['documents isArray', 'documents arrayMinSize']],
    [
      'faults of several entries',
      [{ rfiDocId: 1 }, { rfiDocId: 'a', notes: { n: 1 } }],
      ['documents[0].rfiDocId isString', 'documents[1].notes isNotes'],
    ],
  ])('is refused with %s, by its place', (_, documents, expected) => {
    const found = violationsOf(() => plan.toWire('answers', { documents }));
    const named = (found as readonly { path: string; rule: string }[]).map(
      ({ path, rule }) => `${path} ${rule}`,
    );
    expect(named.toSorted()).toEqual(expected.toSorted());
  });

  it('must be a list even where no rule says so', () => {
    const documents = { rfiDocId: 'a' };
    expect(violationsOf(() => RequestPlan.of(BareDto).toWire('answers', { documents }))).toEqual([
      { path: 'documents', rule: 'isArray', message: 'must be a list' },
    ]);
    expect(RequestPlan.of(BareDto).toWire('answers', {})).toEqual({});
  });

  it.each([
    ['its own', { documents: [{ rfiDocId: 'a' }] }],
    ["the gateway's", { answered_documents: [{ rfi_doc_id: 'a' }] }],
  ])('is made of a body in %s spelling, each entry of its class', (_, body) => {
    const answers = plainToInstance(AnswersDto, body);
    expect(answers.documents).toEqual([{ rfiDocId: 'a' }]);
    expect(answers.documents[0]).toBeInstanceOf(AnswerDto);
    expect(plan.toWire('answers', answers)).toEqual({ answered_documents: [{ rfi_doc_id: 'a' }] });
    expect(validateSync(answers)).toEqual([]);
  });

  it('is a list of its class in an OpenAPI document', () => {
    const described = Reflect.get(AnswersDto, '_OPENAPI_METADATA_FACTORY').call(AnswersDto);
    expect(described).toEqual({ documents: { required: true, type: expect.any(Function) } });
    expect(described.documents.type()).toEqual([AnswerDto]);
  });
});
