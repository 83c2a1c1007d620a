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
const charged: ChargeSubscriptionInput = {
  subscriptionId: subscription,
  amount: 2500,
  currency: 'USD',
  requestId: 'shop-2',
};
const charge = {
  input: charged,
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
    call({
      endpoint: 'getEligiblePayins',
      service: PaymentsService,
      method: 'eligiblePayins',
      repeat: 'nothing',
      tests: ['test/calls/unmatched-transfers.e2e-spec.ts'],
      send: (service, _: object, id) => service.eligiblePayins(id),
      id: 'payt_691eeb9aV79Uk',
      smallest: { input: {} },
      arrange: async (gateway) => {
        await gateway.order();
        return { id: await gateway.unmatchedTransfer() };
      },
    }),
    call({
      endpoint: 'connectPayin',
      service: PaymentsService,
      method: 'connectPayin',
      repeat: 'converges',
      tests: ['test/calls/unmatched-transfers.e2e-spec.ts'],
      send: (service, { payinId }: { readonly payinId: string }, id) =>
        service.connectPayin(id, payinId),
      smallest: { input: { payinId: order }, wire: { payin_id: order } },
      fullest: { 'an order': { input: { payinId: order }, wire: { payin_id: order } } },
      arrange: async (gateway) => {
        const id = await gateway.unmatchedTransfer();
        return { id, wire: { payin_id: await gateway.order() } };
      },
    }),
  ],
  missing: {
    updateRfiPayment:
      'perhaps gone at the gateway; `payments.submitRfi` answers through the RFI itself',
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
