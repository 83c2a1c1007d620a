import { OmitType } from '@nestjs/swagger';
import {
  type AttachedDocument,
  type Beneficiary,
  CreateOrderDto,
  type CreatePaymentDto,
  type CreatePaymentLinkInput,
  type Customer,
  type CustomerId,
  type CustomersService,
  UpdateCustomerDto,
  type GlomopayCallback,
  type IdText,
  type MocksService,
  type Order,
  type OrderId,
  type OrderSnapshot,
  type OrdersService,
  payinPurposeCodes,
  type PayinPurposeCode,
  type Payment,
  type PaymentLinkId,
  type PaymentOutcome,
  type PaymentsService,
  type PaymentTracker,
  type Payout,
  type PayoutId,
  payoutPurposeCodes,
  type PayoutPurposeCode,
  type Product,
  type ReminderDays,
} from '../index.js';

/*
 * Checked by the compiler alone: what has to compile compiles, and what has an `@ts-expect-error`
 * before it does not.
 */

interface Known {
  readonly order: Order;
  readonly customer: Customer;
  readonly payment: Payment;
  readonly callback: GlomopayCallback;
  readonly outcome: PaymentOutcome;
  readonly snapshot: OrderSnapshot;
  /** As a database gives it. */
  readonly text: string;
}

export async function parameters(
  orders: OrdersService,
  customers: CustomersService,
  payments: PaymentsService,
  known: Known,
): Promise<void> {
  const { order, customer, payment, callback, outcome, snapshot, text } = known;
  await orders.get(text);
  await orders.get('order_1');
  await orders.get(order.id);
  await orders.get(`order_${text}`);
  await orders.get(snapshot.id ?? '');
  await customers.get(order.customerId);
  await customers.update(customer.id, { phone: '+1' });
  await payments.get(callback.paymentId);
  await payments.get(outcome.paymentId ?? text);
  await payments.waitForFinal(payment.id);
  // @ts-expect-error a customer is no order
  await orders.get(customer.id);
  // @ts-expect-error nor is it one in an event
  await orders.get(snapshot.customerId ?? '');
  // @ts-expect-error an order is no customer
  await customers.get(order.id);
  await customers.update(customer.id, { email: text, phone: undefined });
  await customers.update(customer.id, new UpdateCustomerDto());
  // @ts-expect-error something changes
  await customers.update(customer.id, {});
  // @ts-expect-error and it is not the name
  await customers.update(customer.id, { phone: '+1', name: text });
  // @ts-expect-error what is changed is a customer
  await customers.update(payment.id, { phone: '+1' });
  if (outcome.orderId === null) return;
  // @ts-expect-error an order is no payment
  await payments.get(outcome.orderId);
  // @ts-expect-error what is waited for is a payment
  await payments.waitForFinal(order.id);
  // @ts-expect-error what is watched is a payment
  payments.watch(order.id);
  // @ts-expect-error a customer settles nothing
  await payments.get(payment.customerId ?? '');
}

export async function members(
  orders: OrdersService,
  payments: PaymentsService,
  { order, customer, payment, text }: Known,
): Promise<void> {
  const price = { amount: 100, currency: 'USD' } as const;
  await orders.create({ ...price, customerId: customer.id });
  await orders.create({ ...price, customerId: text, splitIds: [text, 'psplit_1'] });
  await payments.list({ payinId: order.id, customerId: customer.id });
  await payments.list({ payinId: payment.payinId ?? text });
  await payments.list({ payinId: 'plink_1' satisfies PaymentLinkId });
  await orders.list({ customerId: payment.customerId ?? text });
  const payer = { ...price, customerId: customer.id };
  const accountNumber = text;
  await orders.create({ ...payer, bankAccountDetails: { accountNumber, bicPrimary: text } });
  await orders.create({ ...payer, bankAccountDetails: { accountNumber, bicSecondary: text } });
  await orders.create({ ...payer, bankAccountDetails: new CreateOrderDto().bankAccountDetails });
  // @ts-expect-error a bank has a code
  await orders.create({ ...payer, bankAccountDetails: { accountNumber } });
  // @ts-expect-error an order is no customer
  await orders.create({ ...price, customerId: order.id });
  // @ts-expect-error a payment is no split
  await orders.create({ ...price, customerId: text, splitIds: [payment.id] });
}

interface Services {
  readonly orders: OrdersService;
  readonly payments: PaymentsService;
  readonly tracker: PaymentTracker;
}

/** What a host takes from outside. */
interface Bodies {
  readonly order: CreateOrderDto;
  readonly own: OwnOrderDto;
  readonly payment: CreatePaymentDto;
}

class OwnOrderDto extends OmitType(CreateOrderDto, ['lrs', 'notes'] as const) {}

export async function alternatives(
  { orders, payments, tracker }: Services,
  bodies: Bodies,
  customerId: CustomerId,
  quoteId: string | undefined,
): Promise<void> {
  const priced = { customerId: 'cust_1', amount: 100, currency: 'USD' };
  const card = {
    holderName: 'A B',
    number: '4111111111111111',
    cvv: '123',
    expiryMonth: '12',
    expiryYear: '2030',
  };
  await orders.create({ ...priced, purposeCode: 'P0802', paymentMethods: ['card'] });
  await orders.create({ ...priced, quoteId: undefined });
  await orders.create({ customerId: 'cust_1', quoteId: 'quote_1', amount: undefined });
  await orders.create(bodies.order);
  await orders.create(bodies.own);
  await payments.create({ subscriptionId: 'sub_1', card });
  await payments.create({ orderId: 'order_1', subscriptionId: undefined, card });
  await payments.create(bodies.payment);
  await tracker.pay(bodies.payment, { amount: 1, currency: 'USD' });
  // @ts-expect-error a quote says the amount
  await orders.create({ ...priced, quoteId: 'quote_1' });
  // @ts-expect-error it may be one
  await orders.create({ ...priced, quoteId });
  // @ts-expect-error an order has an amount, or a quote that says it
  await orders.create({ customerId: 'cust_1', currency: 'USD' });
  // @ts-expect-error a quote says the methods too
  await orders.create({ customerId: 'cust_1', quoteId: 'quote_1', paymentMethods: ['card'] });
  // @ts-expect-error a customer is no quote
  await orders.create({ customerId, quoteId: customerId });
  // @ts-expect-error there is no such method
  await orders.create({ ...priced, paymentMethods: ['Card'] });
  // @ts-expect-error there is no such purpose code
  await orders.create({ ...priced, purposeCode: 'P1234' });
  // @ts-expect-error a text has to be looked at first
  await orders.create({ ...priced, purposeCode: quoteId });
  // @ts-expect-error one card pays one thing
  await payments.create({ orderId: 'order_1', subscriptionId: 'sub_1', card });
  // @ts-expect-error and it pays something
  await payments.create({ card });
  const both = { orderId: 'order_1', subscriptionId: 'sub_1', card };
  // @ts-expect-error the same where the payment is tracked
  await tracker.pay(both, { amount: 1, currency: 'USD' });
  // @ts-expect-error a plain object is no instance of the class
  const body: CreateOrderDto = { ...priced, quoteId: 'quote_1' };
  void body;
}

export const ids: readonly OrderId[] = [
  'order_1',
  // @ts-expect-error an id has its prefix
  'plink_1',
];

export const older: readonly [PayoutId, PaymentLinkId] = ['pout_1', 'payin_1'];

export function kinds(order: OrderId, any: IdText<'order' | 'paymentLink'>): void {
  order satisfies IdText<'order' | 'paymentLink' | 'topUp'>;
  // @ts-expect-error one of two kinds may be the other
  any satisfies IdText<'order'>;
}

/** A code that is newer than the library. */
export const newer = 'P9999' as PayinPurposeCode;

export function codes(text: string): PayinPurposeCode | undefined {
  'P0802' satisfies PayinPurposeCode;
  'S0802' satisfies PayoutPurposeCode;
  // @ts-expect-error there is no such code
  'P1234' satisfies PayinPurposeCode;
  // @ts-expect-error a code of payouts is none of payins
  'S0802' satisfies PayinPurposeCode;
  // @ts-expect-error case matters
  'p0802' satisfies PayinPurposeCode;
  // @ts-expect-error a text has to be looked at first
  text satisfies PayinPurposeCode;
  payoutPurposeCodes.in('Travel');
  // @ts-expect-error there is no such group
  payinPurposeCodes.in('Trips');
  return payinPurposeCodes.is(text) ? text : payinPurposeCodes.get(text)?.code;
}

/** Whoever stores or passes on a part of an object can name its type. */
export function parts(
  { order, payment }: Known,
  link: CreatePaymentLinkInput,
): readonly (AttachedDocument | Product | ReminderDays | null | undefined)[] {
  const product: Product | null = order.product;
  const documents: readonly AttachedDocument[] = payment.documents;
  const days: ReminderDays | undefined = link.reminderFrequency;
  return [...documents, product, days];
}

/** What a mock gives back has a name. */
export async function played(
  mocks: MocksService,
  text: string,
): Promise<readonly [Beneficiary, Payout]> {
  return [
    await mocks.reviewBeneficiary(text, 'approve'),
    await mocks.settlePayout(text, 'success'),
  ];
}
