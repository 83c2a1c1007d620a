import { CardDto, CreatePaymentDto, type RequestOptions, type WaitOptions } from 'nestjs-glomopay';
import { lastValueFrom } from 'rxjs';
import { cardOf, type Canary } from './canaries.js';
import type { OpenLibrary } from './open-library.js';
import { aCustomer, anOrder, aPayment } from './requests.js';

/** A call of a public method; the ones with a card send the whole canary. */
export interface CanaryCall {
  readonly name: string;
  readonly card: boolean;
  make(library: OpenLibrary, options: RequestOptions): Promise<unknown>;
}

async function consumed(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const rfiAnswers = [{ rfiDocId: 'rfidoc_1', documentId: 'doc_1' }];

function waiting({ signal }: RequestOptions): WaitOptions {
  return { signal, timeoutMs: 120 };
}

/** Every public method; buyers paste card numbers into free texts too. */
export function canaryCalls(canary: Canary): readonly CanaryCall[] {
  const { number } = canary;
  const plain = aPayment({ card: cardOf(canary) });
  const card = Object.assign(new CardDto(), cardOf(canary));
  const pasted = { notes: { memo: `my card ${number}` }, referenceNumber: number };
  const cards: Readonly<Record<string, CanaryCall['make']>> = {
    'payments.create': ({ payments }, options) => payments.create(plain, options),
    'payments.create(CardDto)': ({ payments }, options) =>
      payments.create({ ...plain, card }, options),
    'payments.create(instance)': ({ payments }, options) =>
      payments.create(Object.assign(new CreatePaymentDto(), { ...plain, card }), options),
    'payments.create(requestId)': ({ payments }, options) =>
      payments.create({ ...plain, requestId: 'shop-1' }, options),
  };
  const others: Readonly<Record<string, CanaryCall['make']>> = {
    'payments.get': ({ payments }, options) => payments.get('payt_691eeb9aV79Uk', options),
    'payments.list': ({ payments }, options) => payments.list({}, options),
    'payments.listAll': ({ payments }, options) => consumed(payments.listAll({}, options)),
    'payments.waitForFinal': ({ payments }, options) =>
      payments.waitForFinal('payt_691eeb9aV79Uk', waiting(options)),
    'payments.watch': ({ payments }, options) =>
      lastValueFrom(payments.watch('payt_691eeb9aV79Uk', waiting(options))),
    'payments.eligiblePayins': ({ payments }, options) =>
      payments.eligiblePayins('payt_691eeb9aV79Uk', options),
    'payments.connectPayin': ({ payments }, options) =>
      payments.connectPayin('payt_691eeb9aV79Uk', 'order_68c00b7btsthf', options),
    'payments.submitRfi': ({ payments }, options) =>
      payments.submitRfi('payt_691eeb9aV79Uk', rfiAnswers, options),
    'orders.submitRfi': ({ orders }, options) =>
      orders.submitRfi('order_68c00b7btsthf', rfiAnswers, options),
    'orders.create': ({ orders }, options) => orders.create(anOrder(pasted), options),
    'orders.create(requestId)': ({ orders }, options) =>
      orders.create(anOrder({ ...pasted, requestId: 'shop-1' }), options),
    'orders.get': ({ orders }, options) => orders.get('order_68c00b7btsthf', options),
    'orders.list': ({ orders }, options) => orders.list({}, options),
    'orders.listAll': ({ orders }, options) => consumed(orders.listAll({}, options)),
    'customers.create': ({ customers }, options) =>
      customers.create(aCustomer({ phone: number }), options),
    'customers.get': ({ customers }, options) => customers.get('cust_5JU9yv0lGSUP', options),
    'customers.list': ({ customers }, options) => customers.list({ emailAddress: number }, options),
    'customers.listAll': ({ customers }, options) => consumed(customers.listAll({}, options)),
    'customers.update': ({ customers }, options) =>
      customers.update('cust_5JU9yv0lGSUP', { phone: number }, options),
  };
  return [
    ...Object.entries(cards).map(([name, make]) => ({ name, make, card: true })),
    ...Object.entries(others).map(([name, make]) => ({ name, make, card: false })),
  ];
}
