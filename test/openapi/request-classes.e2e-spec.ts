import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, type INestApplication, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, OmitType, SwaggerModule } from '@nestjs/swagger';
import {
  ChargeSubscriptionDto,
  CreateCustomerDto,
  CreateOrderDto,
  CreatePaymentDto,
  CreateSubscriptionDto,
  UpdateCustomerDto,
} from 'nestjs-glomopay';

class OwnOrderDto extends OmitType(CreateOrderDto, ['lrs', 'quoteId'] as const) {}

@Controller()
class Routes {
  @Post('customers')
  customer(@Body() _body: CreateCustomerDto): void {}
  @Post('changes')
  change(@Body() _body: UpdateCustomerDto): void {}
  @Post('orders')
  order(@Body() _body: CreateOrderDto): void {}
  @Post('own-orders')
  ownOrder(@Body() _body: OwnOrderDto): void {}
  @Post('payments')
  payment(@Body() _body: CreatePaymentDto): void {}
  @Post('subscriptions')
  subscription(@Body() _body: CreateSubscriptionDto): void {}
  @Post('charges')
  charge(@Body() _body: ChargeSubscriptionDto): void {}
}

@Module({ controllers: [Routes] })
class AppModule {}

interface Schema {
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('the OpenAPI document of a host', () => {
  let app: INestApplication;
  let schemas: Readonly<Record<string, Schema>>;
  beforeAll(async () => {
    app = await NestFactory.create(AppModule, { logger: ['error'] });
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    schemas = JSON.parse(JSON.stringify(document.components?.schemas));
  });
  afterAll(() => app.close());

  it('describes a subscription, and what a plan of each interval has', () => {
    const { required, properties } = schemas['CreateSubscriptionDto'] ?? { properties: {} };
    expect(required).toEqual([
      'customerId',
      'productName',
      'productDescription',
      'amount',
      'currency',
      'intervalType',
      'expiresAt',
      'notifyCustomer',
      'startsWithFirstPayment',
    ]);
    expect(properties).toMatchObject({
      productName: { type: 'string', maxLength: 128 },
      intervalType: { enum: ['month', 'year', 'as_presented'] },
      intervalCount: { type: 'integer', enum: [1, 3, 6] },
      billingCycles: { type: 'integer', minimum: 2 },
      maxAmount: { description: expect.stringContaining('intervalType is as_presented') },
      startDate: { format: 'date' },
      notifyCustomer: { type: 'boolean' },
    });
    expect(schemas['ChargeSubscriptionDto']?.required).toEqual([
      'subscriptionId',
      'amount',
      'currency',
      'requestId',
    ]);
  });

  it('describes an order with its types, limits and parts', () => {
    expect(schemas['CreateOrderDto']?.required).toEqual(['customerId']);
    expect(schemas['CreateOrderDto']?.properties).toMatchObject({
      customerId: { type: 'string', pattern: '^cust_[A-Za-z0-9_-]{1,64}$' },
      amount: { type: 'integer', minimum: 1, description: expect.stringContaining('minor units') },
      currency: { type: 'string', enum: ['USD', 'EUR', 'GBP', 'AED', 'SGD', 'AUD'] },
      requestId: { type: 'string', minLength: 1, maxLength: 64 },
      paymentMethods: { type: 'array', items: { type: 'string' } },
      splitIds: { type: 'array', items: { pattern: '^psplit_[A-Za-z0-9_-]{1,64}$' } },
      notes: { type: 'object', additionalProperties: { type: 'string' } },
      product: { $ref: '#/components/schemas/ProductDto' },
      bankAccountDetails: { $ref: '#/components/schemas/PayerBankAccountDto' },
      lrs: { $ref: '#/components/schemas/LrsOrderDto' },
    });
    expect(Object.keys(schemas['CreateOrderDto']?.properties ?? {})).toHaveLength(18);
    expect(schemas['ProductDto']?.required).toEqual(['name']);
  });

  it('describes a card as what goes in and never comes out, without an example', () => {
    const card = schemas['CardDto'];
    expect(card?.required).toEqual(['holderName', 'number', 'expiryMonth', 'expiryYear', 'cvv']);
    for (const member of Object.values(card?.properties ?? {})) {
      expect(member).toMatchObject({ type: 'string', writeOnly: true });
    }
    expect(card?.properties['number']).toMatchObject({
      format: 'password',
      pattern: '^\\d{12,19}$',
    });
    expect(card?.properties['cvv']).toMatchObject({ format: 'password', pattern: '^\\d{3,4}$' });
    expect(JSON.stringify(schemas)).not.toContain('"example');
  });

  it('describes a payment and a customer', () => {
    expect(schemas['CreatePaymentDto']?.required).toEqual(['card']);
    expect(schemas['CreatePaymentDto']?.properties).toMatchObject({
      card: { $ref: '#/components/schemas/CardDto' },
      method: { enum: ['card'] },
      callbackUrl: { type: 'string', format: 'uri' },
      subscriptionId: { description: expect.stringContaining('Not together with orderId.') },
    });
    expect(schemas['CreateCustomerDto']?.required).toEqual([
      'name',
      'customerType',
      'email',
      'address',
      'city',
      'state',
      'country',
    ]);
    expect(schemas['CreateCustomerDto']?.properties).toMatchObject({
      email: { type: 'string', format: 'email' },
      customerType: { enum: ['individual', 'business'] },
      country: { pattern: '^[A-Z]{3}$' },
    });
    expect(schemas['UpdateCustomerDto']?.properties).toHaveProperty('phone');
    expect(schemas['UpdateCustomerDto']?.required).toBeUndefined();
  });

  it('describes a class that a host has made of one', () => {
    const names = Object.keys(schemas['OwnOrderDto']?.properties ?? {});
    expect(names).toContain('customerId');
    expect(names).not.toContain('lrs');
  });
});
