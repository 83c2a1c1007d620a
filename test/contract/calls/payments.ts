import {
  PaymentsService,
  type ChargeSubscriptionInput,
  type CreatePaymentInput,
  type PaymentFilterInput,
} from 'nestjs-glomopay';
import { call, type ResourceCalls } from '../call.js';
import type { PlainClient } from '../plain-client.js';

const customer = 'cust_E602dMzgjpDC';
const order = 'order_68c00b7btsthf';
const subscription = 'sub_68c00b7b9Kd2W';
const card = {
  holderName: 'Asha Rao',
  number: '4111111111111111',
  expiryMonth: '09',
  expiryYear: '2030',
  cvv: '739',
};
const wireCard = {
  holder_name: 'Asha Rao',
  number: '4111111111111111',
  expiry_month: '09',
  expiry_year: '2030',
  cvv: '739',
};
const callbackUrl = 'https://shop.example/returned';
const charge = {
  input: { subscriptionId: subscription, amount: 2500, currency: 'USD', requestId: 'shop-2' },
  wire: {
    subscription_id: subscription,
    sequence: 'subsequent',
    amount: 2500,
    currency: 'USD',
    request_id: 'shop-2',
  },
};

export const payments: ResourceCalls = {
  title: 'Payments',
  calls: [
    call({
      endpoint: 'createPayment',
      service: PaymentsService,
      method: 'create',
      repeat: 'guarded',
      tests: ['test/calls/wire-bodies.e2e-spec.ts', 'test/calls/canary.e2e-spec.ts'],
      send: (service, input: CreatePaymentInput) => service.create(input),
      smallest: {
        input: { orderId: order, card, callbackUrl },
        wire: { order_id: order, method: 'card', card: wireCard, callback_url: callbackUrl },
      },
      fullest: {
        card_on_order: {
          input: {
            orderId: order,
            method: 'card',
            card,
            callbackUrl,
            requestId: 'shop-1',
            notes: { branch: 'north' },
          },
          wire: {
            order_id: order,
            method: 'card',
            card: wireCard,
            callback_url: callbackUrl,
            request_id: 'shop-1',
            notes: { branch: 'north' },
          },
        },
        'card_on_order, with splits': {
          input: { orderId: order, card, callbackUrl, splitIds: ['psplit_1'] },
          wire: {
            order_id: order,
            method: 'card',
            card: wireCard,
            callback_url: callbackUrl,
            split_ids: ['psplit_1'],
          },
        },
        first_card_on_subscription: {
          input: { subscriptionId: subscription, method: 'card', card, callbackUrl },
          wire: {
            subscription_id: subscription,
            method: 'card',
            card: wireCard,
            callback_url: callbackUrl,
          },
        },
      },
      filledIn: ['method'],
      arrange: async (gateway) => ({
        wire: {
          order_id: await gateway.order(),
          subscription_id: await presented(gateway),
        },
      }),
      gaps: {
        sandbox: { 'is answered as documented: card_on_order, with splits': 'no splits' },
      },
    }),
    call<PaymentsService, ChargeSubscriptionInput>({
      endpoint: 'createPayment',
      service: PaymentsService,
      method: 'charge',
      repeat: 'guarded',
      guard: 'by its `requestId`',
      tests: ['test/subscriptions/charges.e2e-spec.ts'],
      send: (service, input) => service.charge(input),
      smallest: charge,
      fullest: {
        subsequent_on_subscription: {
          input: { ...charge.input, notes: { branch: 'north' } },
          wire: { ...charge.wire, notes: { branch: 'north' } },
        },
        'subsequent_on_subscription, with splits': {
          input: { ...charge.input, splitIds: ['psplit_1'] },
          wire: { ...charge.wire, split_ids: ['psplit_1'] },
        },
      },
      filledIn: ['sequence'],
      arrange: async (gateway) => {
        const subscription_id = await presented(gateway);
        await gateway.firstPayment(subscription_id);
        return { wire: { subscription_id } };
      },
      gaps: {
        sandbox: {
          'is answered as documented: subsequent_on_subscription, with splits': 'no splits',
        },
      },
    }),
    call({
      endpoint: 'getPayments',
      service: PaymentsService,
      method: 'list',
      also: ['listAll'],
      repeat: 'nothing',
      send: (service, filter: PaymentFilterInput) => service.list(filter),
      smallest: { input: {} },
      fullest: {
        'every filter but the subscription': {
          input: {
            customerId: customer,
            status: 'success',
            complianceStatus: 'approved',
            payinId: order,
            paymentType: 'orders',
            currency: 'usd',
            requestId: 'shop-1',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            perPage: 50,
            page: 1,
          },
          wire: {
            customer_id: customer,
            status: 'success',
            compliance_status: 'approved',
            payin_id: order,
            payment_type: 'orders',
            currency: 'usd',
            request_id: 'shop-1',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            per_page: 50,
            page: 1,
          },
        },
        'of a subscription': {
          input: { subscriptionId: subscription },
          wire: { subscription_id: subscription },
        },
      },
      arrange: async (gateway) => {
        await gateway.payment();
        return { wire: { customer_id: gateway.sandbox.demoCustomerId } };
      },
    }),
    call({
      endpoint: 'getPaymentById',
      service: PaymentsService,
      method: 'get',
      also: ['waitForFinal', 'watch'],
      repeat: 'nothing',
      send: (service, _: object, id) => service.get(id),
      smallest: { input: {} },
      arrange: async (gateway) => ({ id: await gateway.payment() }),
    }),
  ],
  lost: {
    Payment: {
      'auto_debit?': 'no member yet',
      documents: 'no member yet',
      fee_breakdown: 'no member yet',
      fees: 'no member yet',
      rfi: 'no member yet',
      'payment_method.details.external_reference': 'no member yet',
      'payment_method.details.local_routing_number': 'no member yet',
      'payment_method.details.receiver_account_number': 'no member yet',
      'payment_method.details.remittance_information': 'no member yet',
      'payment_method.details.sender_account_number': 'no member yet',
      'payment_method.details.sender_bank_address': 'no member yet',
      'payment_method.details.sender_bank_country': 'no member yet',
      'payment_method.details.sender_bank_name': 'no member yet',
      'payment_method.details.sender_country': 'no member yet',
      'payment_method.details.sender_name': 'no member yet',
      'payment_method.details.swift_code': 'no member yet',
      'payment_method.details.transfer_type': 'no member yet',
    },
  },
  missing: {
    getEligiblePayins: 'being built',
    connectPayin: 'being built',
    updateRfiPayment: 'perhaps gone at the gateway; RFIs have an endpoint of their own',
  },
};

/** A subscription that is charged as presented, and that nobody has paid for. */
function presented(gateway: PlainClient): Promise<string> {
  return gateway.made('/api/v1/subscriptions', {
    customer_id: gateway.sandbox.demoCustomerId,
    product_name: 'ShieldGuard Insurance',
    product_description: 'Insurance, charged as presented',
    amount: 1000,
    currency: 'USD',
    interval_type: 'as_presented',
    max_amount: 5000,
    expires_at: new Date().toISOString().slice(0, 10),
    notify_customer: false,
    starts_with_first_payment: true,
  });
}
