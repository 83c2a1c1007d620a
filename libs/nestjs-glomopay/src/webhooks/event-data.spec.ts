import { describe, expect, it } from '@jest/globals';
import { orderShape } from '../api/orders/order.js';
import { decodePayment } from '../api/payments/payment.js';
import { decodeEvent } from './decode-event.js';
import { glomopayEvents } from './event-catalogue.js';
import {
  isGlomopayEvent,
  type GlomopayEventOf,
  type GlomopayEventPattern,
} from './event-pattern.js';

function eventOf<Pattern extends GlomopayEventPattern>(
  pattern: Pattern,
  data: unknown,
): GlomopayEventOf<Pattern> {
  const [entity_type = '', ...names] = pattern.split('.');
  const event = decodeEvent(
    Buffer.from(JSON.stringify({ data, entity_type, event_type: names.join('.') })),
  );
  if (!isGlomopayEvent(event, pattern)) throw new Error('It is another event.');
  return event;
}

/** Values of every kind but the right one, for any member. */
const oddities = [null, 7, 1.5, 'x', true, [], [7], {}, [[]], { a: { b: 1 } }];

describe('the data of an event', () => {
  it('is the published order, whose payment methods are a text and whose documents an object', () => {
    const { data } = eventOf('orders.paid', {
      id: 'order_6819d8046mpKt',
      customer_id: 'cust_6819d7d0lrLvP',
      document_id: null,
      status: 'paid',
      currency: 'USD',
      amount: 10000,
      purpose_code: 'P0014',
      invoice_number: null,
      invoice_description: '',
      invoice_amount: 0,
      reference_number: 'REF1234',
      product: { name: 'product name', description: 'product description' },
      payment_methods: 'card',
      created_at: '2025-05-06T09:36:04Z',
      updated_at: '2025-05-08T13:12:54Z',
      rfi_documents: { rfi_doc_id: 'rfi_doc_123', name: 'Passport' },
      notes: { key1: 'value1', key2: 'value2' },
    });
    const { raw, notes, ...members } = data;
    expect(members).toEqual({
      id: 'order_6819d8046mpKt',
      customerId: 'cust_6819d7d0lrLvP',
      status: 'paid',
      amount: 10000,
      currency: 'USD',
      documentId: null,
      purposeCode: 'P0014',
      invoiceNumber: null,
      invoiceDescription: '',
      invoiceAmount: 0,
      referenceNumber: 'REF1234',
      product: { name: 'product name', description: 'product description' },
      paymentMethods: ['card'],
      bankAccountDetails: null,
      lrs: null,
      rfiDocuments: [{ rfiDocId: 'rfi_doc_123', name: 'Passport' }],
      requestId: null,
      createdAt: '2025-05-06T09:36:04Z',
      updatedAt: '2025-05-08T13:12:54Z',
    });
    expect({ ...notes }).toEqual({ key1: 'value1', key2: 'value2' });
    expect(raw['payment_methods']).toBe('card');
  });

  it('is the published payment, with null for all that the sample leaves out', () => {
    const { data } = eventOf('payment.success', {
      id: 'payt_686f7cc3pe69T',
      payin_id: 'order_68c00b7btsthf',
      payin_type: 'orders',
      status: 'success',
      requested_amount: 1000,
      requested_currency: 'USD',
      funds_available: true,
    });
    const { raw, ...members } = data;
    const given = Object.entries(members).filter(([, value]) => value !== null);
    expect(Object.fromEntries(given)).toEqual({
      id: 'payt_686f7cc3pe69T',
      payinId: 'order_68c00b7btsthf',
      payinType: 'orders',
      status: 'success',
      requestedAmount: 1000,
      requestedCurrency: 'USD',
      documents: [],
      fundsAvailable: true,
    });
    expect(Object.keys(raw)).toHaveLength(7);
  });

  it('has the members of the payment and of the order that the API gives', () => {
    const order = {
      id: 'order_1',
      customer_id: 'cust_1',
      status: 'paid',
      amount: 1,
      currency: 'USD',
    };
    const payment = {
      id: 'payt_1',
      status: 'success',
      requested_amount: 1,
      requested_currency: 'USD',
    };
    expect(Object.keys(eventOf('orders.paid', {}).data).toSorted()).toEqual(
      Object.keys(orderShape.decode(order)).toSorted(),
    );
    expect(Object.keys(eventOf('payment.success', {}).data).toSorted()).toEqual(
      Object.keys(decodePayment(payment)).toSorted(),
    );
  });

  it('is a failed payment with its reasons and its card', () => {
    const { data } = eventOf('payment.failed', {
      id: 'payt_1',
      error_code: 'PAYMENT_DECLINED',
      error_description: 'Declined by the issuer',
      customer_error_description: null,
      payment_method: { type: 'card', details: { card_network: 'Visa', end_digits: '1111' } },
    });
    expect(data).toMatchObject({
      errorCode: 'PAYMENT_DECLINED',
      errorDescription: 'Declined by the issuer',
      customerErrorDescription: null,
      paymentMethod: { type: 'card', card: { network: 'Visa', endDigits: '1111' } },
    });
  });

  it("is a refund with its bank's reference", () => {
    const { data } = eventOf('refund.utr.updated', {
      id: 'refund_6776d57dnbTWj',
      payment_id: 'payt_691eeb9aV79Uk',
      fees: { fx_fees: { amount: 0, currency: 'USD' }, txn_fees: { amount: 5, currency: 'USD' } },
      balance_used: { currency: 'USD', amount: 1000 },
      documents: [{ id: null, type: 'rfi', status: 'pending', rfi_doc_id: 'rfidoc_1' }],
      amount: 3746,
      currency: 'AED',
      utr: 'UTR123',
      partial_refund: false,
    });
    expect(data).toMatchObject({
      id: 'refund_6776d57dnbTWj',
      paymentId: 'payt_691eeb9aV79Uk',
      utr: 'UTR123',
      amount: 3746,
      partialRefund: false,
      balanceUsed: { amount: 1000, currency: 'USD' },
      fees: { fxFees: { amount: 0 }, txnFees: { amount: 5, currency: 'USD' } },
      documents: [{ id: null, type: 'rfi', status: 'pending', rfiDocId: 'rfidoc_1' }],
    });
  });

  it('is a payout, whose rate may have decimals and whose fees may not be known yet', () => {
    const { data } = eventOf('payout.queued', {
      id: 'payout_1',
      source_amount: 250000,
      source_currency: 'USD',
      mid_market_rate: { currency: 'INR', rate: 83.125 },
      fees: { fx_fee: { amount: null, currency: null }, txn_fee: { amount: 12, currency: 'USD' } },
    });
    expect(data).toMatchObject({
      sourceAmount: 250000,
      midMarketRate: { currency: 'INR', rate: 83.125 },
      fees: { fxFee: { amount: null, currency: null }, txnFee: { amount: 12 } },
    });
  });

  it('is money that came into a balance, which has no id', () => {
    const { data } = eventOf('balance.balance.funded_balance.credited', {
      payment_id: 'payt_691eeb9aV79Uk',
      timestamp: '2026-09-09T07:00:09Z',
    });
    expect(data).toMatchObject({
      paymentId: 'payt_691eeb9aV79Uk',
      timestamp: '2026-09-09T07:00:09Z',
      amount: null,
      currency: null,
    });
  });

  it('is a virtual account, a settlement, a beneficiary, a subscription, a link', () => {
    expect(eventOf('virtual_account.active', { account_id: 'VA1001' }).data.accountId).toBe(
      'VA1001',
    );
    expect(eventOf('settlement.success', { payment_method: 'swift_transfer' }).data).toMatchObject({
      paymentMethod: 'swift_transfer',
    });
    expect(eventOf('beneficiary.active', { documents: ['doc_1'] }).data.documents).toEqual([
      'doc_1',
    ]);
    expect(
      eventOf('subscription.payment_method.updated', { next_payment_date: '2026-10-01' }).data
        .nextPaymentDate,
    ).toBe('2026-10-01');
    expect(eventOf('payment_link.paid', { id: 'addfunds_1' }).data.id).toBe('addfunds_1');
  });

  it.each(Object.keys(glomopayEvents))('of %s is read whatever its members are', (entity_type) => {
    const { data } = decodeEvent(
      Buffer.from(JSON.stringify({ data: {}, entity_type, event_type: 'new' })),
    );
    const names = Object.keys(data).map((name) =>
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    );
    expect(names).toContain('raw');
    for (const odd of oddities) {
      const sent = Object.fromEntries(names.map((name) => [name, odd]));
      const event = decodeEvent(
        Buffer.from(JSON.stringify({ data: sent, entity_type, event_type: 'new' })),
      );
      expect(Object.keys(event.data)).toEqual(Object.keys(data));
      expect(event.data.raw).toEqual(sent);
    }
  });

  it.each([7, true, ['payt_1'], { id: 'payt_1' }])('has no id when the id is %j', (id) => {
    expect(eventOf('payment.success', { id, status: 'success' }).data).toMatchObject({
      id: null,
      status: 'success',
    });
  });
});
