import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import {
  IsArray,
  IsDefined,
  IsInt,
  IsString,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { CreateCustomerDto } from '../api/customers/create-customer.dto.js';
import { GlomopayValidationError } from '../errors/validation.error.js';
import { CreateOrderDto } from '../api/orders/create-order.dto.js';
import { OrderFilterDto } from '../api/orders/order-filter.dto.js';
import { CreatePaymentDto } from '../api/payments/create-payment.dto.js';
import { PaymentFilterDto } from '../api/payments/payment-filter.dto.js';
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
      kyc: { panNumber: 'X' },
    },
  ],
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
});
