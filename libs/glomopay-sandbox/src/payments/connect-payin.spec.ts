import { afterEach, describe, expect, it } from '@jest/globals';
import { newAccount } from '../account.js';
import type { SandboxAccount } from '../account.js';
import { Book } from '../books/book.js';
import { newId } from '../books/object-id.js';
import { CUSTOMER } from '../customers/customer.js';
import type { Customer } from '../customers/customer.js';
import { Balances } from '../money/balances.js';
import { orderBook } from '../orders/order-book.js';
import type { Order } from '../orders/order.js';
import { RfiDesk } from '../rfi/rfi-desk.js';
import { timestamp } from '../time/clock.js';
import { SandboxClock } from '../time/sandbox-clock.js';
import type { WebhookEvent } from '../webhooks/webhook-event.js';
import { connectPayin, eligiblePayins } from './connect-payin.js';
import { orderPayins } from '../orders/order-payins.js';
import { paymentBook } from './payment-book.js';
import type { Payment, PaymentRecord } from './payment.js';

const clocks: SandboxClock[] = [];

afterEach(async () => {
  for (const clock of clocks.splice(0)) await clock.stop();
});

function market(settings: Partial<SandboxAccount> = {}) {
  const clock = new SandboxClock({ now: () => Date.now() });
  clocks.push(clock);
  const told: string[] = [];
  const publish = ({ entityType, eventType }: WebhookEvent) => {
    told.push(`${entityType}.${eventType}`);
  };
  const orders = orderBook({ clock, publish });
  const context = {
    clock,
    account: newAccount(settings),
    balances: new Balances(),
    rfis: new RfiDesk(clock),
    payments: paymentBook({ clock, publish }),
    customers: new Book<Customer>(CUSTOMER, clock),
    payins: [orderPayins(orders, clock)],
    publish,
  };
  return { told, orders, context };
}

type Market = ReturnType<typeof market>;

function anOrder({ orders, context }: Market, change: Partial<Order> = {}): Order {
  const now = timestamp(context.clock);
  return orders.open({
    id: newId('order', context.clock),
    customer_id: 'cust_1',
    document_id: null,
    status: 'active',
    currency: 'USD',
    amount: 2500,
    purpose_code: 'P1401',
    invoice_number: null,
    invoice_description: null,
    invoice_amount: null,
    reference_number: null,
    product: null,
    notes: null,
    payment_methods: ['bank_transfer'],
    request_id: null,
    created_at: now,
    updated_at: now,
    ...change,
  });
}

/** A transfer of 25 dollars that nobody asked for. */
function aTransfer({ context }: Market, change: Partial<Payment> = {}): PaymentRecord {
  const now = timestamp(context.clock);
  const payment: Payment = {
    id: newId('payt', context.clock),
    payin_id: null,
    payin_type: null,
    subscription_id: null,
    status: 'action_required',
    compliance_status: null,
    rfi: null,
    payment_currency: 'USD',
    payment_amount: 2500,
    converted_currency: 'USD',
    converted_amount: 2500,
    requested_currency: 'USD',
    requested_amount: 2500,
    purpose_code: null,
    sender_name: 'Jane Roe',
    notes: null,
    error_code: 'PAYIN_NOT_FOUND',
    error_description: 'No payin was found',
    customer_error_description: null,
    paid_at: null,
    fee_bearer: 'merchant',
    fee_collection_mode: 'immediate',
    customer_id: null,
    merchant_id: 'merch_1',
    product_name: null,
    product_description: null,
    country: 'USA',
    fees: null,
    fee_breakdown: null,
    documents: [],
    settlement_id: null,
    funds_available: false,
    payment_method: {
      type: 'bank_transfer',
      details: {
        sender_name: 'Jane Roe',
        sender_country: 'USA',
        sender_account_number: '5454545454',
        receiver_account_number: '98765432109876',
        sender_bank_name: null,
        sender_bank_country: null,
        sender_bank_address: null,
        swift_code: null,
        local_routing_number: null,
        external_reference: 'REF-1',
        transfer_type: 'swift',
        remittance_information: 'Invoice 7',
      },
    },
    created_at: now,
    updated_at: now,
    ...change,
  };
  return context.payments.open({
    id: payment.id,
    created_at: now,
    payment,
    requestId: null,
    callbackUrl: '',
    customerName: '',
    authToken: '',
    behaviour: null,
    fundsHeld: false,
  });
}

const idsOf = (record: PaymentRecord, { context }: Market) =>
  eligiblePayins(record, context.payins).map(({ id }) => id);

describe('a transfer that found no payin', () => {
  it('may be meant for active orders of just its amount and currency', () => {
    const all = market();
    const transfer = aTransfer(all);
    const order = anOrder(all);
    anOrder(all, { amount: 2501 });
    anOrder(all, { currency: 'EUR' });
    anOrder(all, { status: 'paid' });
    expect(idsOf(transfer, all)).toEqual([order.id]);
  });

  it.each([
    { error_code: 'SANCTION_HIT' },
    { error_code: 'TXM_HOLD' },
    { status: 'success' as const, error_code: null },
  ])('is for nothing when it waits for something else: %j', (change) => {
    const all = market();
    const order = anOrder(all);
    const transfer = aTransfer(all, change);
    expect(idsOf(transfer, all)).toEqual([]);
    expect(() => connectPayin(transfer, order.id, all.context)).toThrow('not waiting');
  });

  it('pays the order that it is connected to, once', () => {
    const all = market();
    const [order, other] = [anOrder(all), anOrder(all)];
    const after = connectPayin(aTransfer(all), order.id, all.context);
    expect(after.payment).toMatchObject({
      status: 'success',
      payin_id: order.id,
      payin_type: 'orders',
      requested_amount: 2500,
      requested_currency: 'USD',
      customer_id: 'cust_1',
      error_code: null,
      funds_available: true,
    });
    expect(all.orders.get(order.id)?.status).toBe('paid');
    expect(all.context.balances.amountOf('USD')).toBe(2425);
    expect(all.told).toEqual(['payment.success', 'orders.paid']);
    for (const { id } of [order, other]) {
      expect(() => connectPayin(after, id, all.context)).toThrow('not waiting');
    }
    expect(all.context.balances.amountOf('USD')).toBe(2425);
    expect(all.orders.get(other.id)?.status).toBe('active');
  });

  it.each([{ amount: 2400 }, { currency: 'EUR' as const }, { status: 'cancelled' as const }])(
    'is not taken for an order that it does not meet: %j',
    (change) => {
      const all = market();
      const [order, transfer] = [anOrder(all, change), aTransfer(all)];
      expect(() => connectPayin(transfer, order.id, all.context)).toThrow('not eligible');
      expect(all.context.payments.find(transfer.id).payment.payin_id).toBeNull();
    },
  );

  it('is not taken for an order that there is not', () => {
    const all = market();
    expect(() => connectPayin(aTransfer(all), 'order_none', all.context)).toThrow(
      'Payin not found',
    );
  });

  it('is held when compliance asks about transfers, with the order paid', () => {
    const all = market({ screening: { card: false, transfer: true } });
    const sum = { payment_amount: 6623, requested_amount: 6623, converted_amount: 6623 };
    const order = anOrder(all, { amount: 6623 });
    const after = connectPayin(aTransfer(all, sum), order.id, all.context);
    expect(after.payment).toMatchObject({
      status: 'success',
      compliance_status: 'action_required',
      funds_available: false,
    });
    expect(all.orders.get(order.id)?.status).toBe('paid');
    expect(all.context.balances.amountOf('USD')).toBe(0);
  });

  it('waits for a sanctions review that nobody can mend, with the order open', () => {
    const all = market();
    const sum = { payment_amount: 6623, requested_amount: 6623, converted_amount: 6623 };
    const order = anOrder(all, { amount: 6623 });
    const after = connectPayin(aTransfer(all, sum), order.id, all.context);
    expect(after.payment).toMatchObject({ status: 'action_required', error_code: 'SANCTION_HIT' });
    expect(all.orders.get(order.id)?.status).toBe('active');
    expect(idsOf(after, all)).toEqual([]);
  });
});
