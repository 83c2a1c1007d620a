import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ValidationPipe, type Type } from '@nestjs/common';
import * as library from 'nestjs-glomopay';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import type { AnyCall } from './call.js';
import { resources } from './calls/index.js';
import { formsOf, idOf } from './cases.js';
import { FactsGateway, type Arrived } from './facts-gateway.js';

let gateway: FactsGateway;
let opened: OpenLibrary;

beforeAll(async () => {
  gateway = await FactsGateway.start();
  opened = await openLibrary(gateway.url, { options: { retry: { maxAttempts: 1 } } });
});
afterAll(async () => {
  await opened.close();
  await gateway.stop();
});

/** What a host takes as the body or the query of a route of its own, by the method that it is given to. */
const classes: Readonly<Record<string, Type>> = {
  'OrdersService.create': library.CreateOrderDto,
  'OrdersService.list': library.OrderFilterDto,
  'PaymentsService.create': library.CreatePaymentDto,
  'PaymentsService.charge': library.ChargeSubscriptionDto,
  'PaymentsService.list': library.PaymentFilterDto,
  'CustomersService.create': library.CreateCustomerDto,
  'CustomersService.update': library.UpdateCustomerDto,
  'CustomersService.addBankAccount': library.BankAccountDto,
  'CustomersService.list': library.CustomerFilterDto,
  'DocumentsService.list': library.DocumentFilterDto,
  'RefundsService.create': library.CreateRefundDto,
  'RefundsService.list': library.RefundFilterDto,
  'SubscriptionsService.create': library.CreateSubscriptionDto,
  'SubscriptionsService.list': library.SubscriptionFilterDto,
  'PaymentLinksService.create': library.CreatePaymentLinkDto,
  'PaymentLinksService.update': library.UpdatePaymentLinkDto,
  'PaymentLinksService.list': library.PaymentLinkFilterDto,
  'QuotesService.create': library.CreateQuoteDto,
  'RfisService.list': library.RfiFilterDto,
  'PricesService.create': library.CreatePriceDto,
  'BalancesService.convert': library.ConvertBalanceDto,
  'BalancesService.listConversions': library.ConversionFilterDto,
  'MocksService.transfer': library.MockTransferDto,
};

/** As a host has it that lets no unknown member in. */
const pipe = new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true });

const calls = resources.flatMap((resource) => resource.calls);

/** What the library fills in by itself is no member of the class. */
function bodyOf({ filledIn = [] }: AnyCall, wire: object = {}): object {
  return Object.fromEntries(Object.entries(wire).filter(([name]) => !filledIn.includes(name)));
}

async function arrived(call: AnyCall, input: object): Promise<Arrived | undefined> {
  gateway.reset();
  await call.send(opened.module.get(call.service), input, idOf(call));
  return gateway.arrived[0];
}

describe.each(Object.entries(classes))('the class of what %s takes', (name, metatype) => {
  const own = calls.filter(({ service, method }) => `${service.name}.${method}` === name);

  it('has calls by which it is tried', () => {
    expect(own).not.toHaveLength(0);
  });

  for (const call of own) {
    for (const [form, { input, wire }] of formsOf(call)) {
      it.each([
        ['as in TypeScript', input],
        ['as on the wire', bodyOf(call, wire)],
      ])(`is made of a body that is written %s: ${form}`, async (_, body) => {
        const json: unknown = JSON.parse(JSON.stringify(body));
        const made: unknown = await pipe.transform(json, { type: 'body', metatype });
        expect(made).toBeInstanceOf(metatype);
        expect(await arrived(call, Object(made))).toEqual(await arrived(call, input));
      });
    }
  }
});
