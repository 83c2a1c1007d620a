import {
  PaymentLinksService,
  type CreatePaymentLinkInput,
  type PaymentLinkFilterInput,
  type RfiAnswer,
  type UpdatePaymentLinkInput,
} from 'nestjs-glomopay';
import { call, type ResourceCalls } from '../call.js';
import type { PlainClient } from '../plain-client.js';

const customer = 'cust_E602dMzgjpDC';
const expiry = '2099-01-01T00:00:00Z';
const tests = ['test/calls/payment-links.e2e-spec.ts'];

/** In a month, as the gateway takes half a year at most. */
const soon = (gateway: PlainClient): string =>
  new Date(gateway.sandbox.clock.now() + 30 * 86_400_000).toISOString();

const link = (gateway: PlainClient): Promise<string> =>
  gateway.made('/api/v1/payin', {
    customer_id: gateway.sandbox.demoCustomerId,
    amount: 1000,
    currency: 'USD',
    expires_at: soon(gateway),
  });

export const paymentLinks: ResourceCalls = {
  title: 'Payment links',
  calls: [
    call({
      endpoint: 'createPayin',
      service: PaymentLinksService,
      method: 'create',
      repeat: 'again',
      tests,
      send: (service, input: CreatePaymentLinkInput) => service.create(input),
      smallest: {
        input: { customerId: customer, amount: 1000, currency: 'USD', expiresAt: expiry },
        wire: { customer_id: customer, amount: 1000, currency: 'USD', expires_at: expiry },
      },
      fullest: {
        without_quote: {
          input: {
            customerId: customer,
            amount: 1000,
            currency: 'USD',
            expiresAt: expiry,
            purposeCode: 'P1401',
            paymentMethods: ['bank_transfer', 'pay_via_bank', 'card'],
            documentId: 'doc_nYUqLpuYQ0M8',
            invoiceNumber: 'I-1',
            invoiceDescription: 'Rail pass',
            invoiceAmount: 1001,
            referenceNumber: 'R-1',
            notifyCustomer: false,
            reminderFrequency: 7,
            product: { name: 'Rail pass', description: 'Seven days' },
            notes: { branch: 'north' },
            bankAccountDetails: {
              accountNumber: '5550001234',
              bicPrimary: 'HILLINBBXXX',
              bicSecondary: 'HILL0000001',
              bankCustomerId: '77001',
            },
          },
          wire: {
            customer_id: customer,
            amount: 1000,
            currency: 'USD',
            expires_at: expiry,
            purpose_code: 'P1401',
            payment_methods: ['bank_transfer', 'pay_via_bank', 'card'],
            document_id: 'doc_nYUqLpuYQ0M8',
            invoice_number: 'I-1',
            invoice_description: 'Rail pass',
            invoice_amount: 1001,
            reference_number: 'R-1',
            notify_customer: false,
            reminder_frequency: 7,
            product: { name: 'Rail pass', description: 'Seven days' },
            notes: { branch: 'north' },
            bank_account_details: {
              account_number: '5550001234',
              bic_primary: 'HILLINBBXXX',
              bic_secondary: 'HILL0000001',
              bank_customer_id: '77001',
            },
          },
        },
        'without_quote, of a platform': {
          input: {
            customerId: customer,
            amount: 1000,
            currency: 'USD',
            expiresAt: expiry,
            purposeCode: 'P1401',
            priceId: 'price_1',
            splitIds: ['psplit_1', 'psplit_2'],
          },
          wire: {
            customer_id: customer,
            amount: 1000,
            currency: 'USD',
            expires_at: expiry,
            purpose_code: 'P1401',
            price_id: 'price_1',
            split_ids: ['psplit_1', 'psplit_2'],
          },
        },
        with_quote: {
          input: { customerId: customer, quoteId: 'quote_6ab60de4Kx7Pq', purposeCode: 'P1401' },
          wire: {
            customer_id: customer,
            quote_id: 'quote_6ab60de4Kx7Pq',
            purpose_code: 'P1401',
          },
        },
      },
      arrange: async (gateway) => ({
        wire: {
          customer_id: gateway.sandbox.demoCustomerId,
          expires_at: soon(gateway),
          price_id: await gateway.price(),
          quote_id: await gateway.payinQuote(),
        },
      }),
      gaps: {
        library: {
          'sends nothing without purpose_code, for without_quote':
            'optional: an account may have a default',
          'sends nothing without purpose_code, for with_quote':
            'optional: an account may have a default',
        },
        sandbox: {
          'is refused without purpose_code, for without_quote': 'the account has a default',
          'is refused without purpose_code, for with_quote': 'the account has a default',
        },
      },
    }),
    call({
      endpoint: 'getPayins',
      service: PaymentLinksService,
      method: 'list',
      also: ['listAll'],
      repeat: 'nothing',
      send: (service, filter: PaymentLinkFilterInput) => service.list(filter),
      smallest: { input: {} },
      fullest: {
        'every filter': {
          input: {
            customerId: customer,
            status: 'active',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            perPage: 50,
            page: 1,
          },
          wire: {
            customer_id: customer,
            status: 'active',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            per_page: 50,
            page: 1,
          },
        },
      },
      arrange: async (gateway) => {
        await link(gateway);
        return { wire: { customer_id: gateway.sandbox.demoCustomerId } };
      },
    }),
    call({
      endpoint: 'getPayinById',
      service: PaymentLinksService,
      method: 'get',
      repeat: 'nothing',
      send: (service, _: object, id) => service.get(id),
      smallest: { input: {} },
      arrange: async (gateway) => ({ id: await link(gateway) }),
    }),
    call({
      endpoint: 'updatePayin',
      service: PaymentLinksService,
      method: 'update',
      repeat: 'converges',
      tests,
      send: (service, changes: UpdatePaymentLinkInput, id) => service.update(id, changes),
      smallest: { input: { reminderFrequency: 7 }, wire: { reminder_frequency: 7 } },
      fullest: {
        'every member': {
          input: { reminderFrequency: 14, expiresAt: expiry },
          wire: { reminder_frequency: 14, expires_at: expiry },
        },
      },
      arrange: async (gateway) => ({
        id: await link(gateway),
        wire: { expires_at: soon(gateway) },
      }),
    }),
    call({
      endpoint: 'cancelPayin',
      service: PaymentLinksService,
      method: 'cancel',
      repeat: 'converges',
      tests,
      send: (service, _: object, id) => service.cancel(id),
      smallest: { input: {} },
      arrange: async (gateway) => ({ id: await link(gateway) }),
    }),
    call({
      endpoint: 'updatePayinRfi',
      service: PaymentLinksService,
      method: 'submitRfi',
      repeat: 'converges',
      tests,
      send: (service, { documents }: { documents: RfiAnswer[] }, id) =>
        service.submitRfi(id, documents),
      renamed: { 'documents[].id': 'documents[].documentId' },
      smallest: {
        input: { documents: [{ rfiDocId: 'rfidoc_1', documentId: 'doc_1' }] },
        wire: { documents: [{ rfi_doc_id: 'rfidoc_1', id: 'doc_1' }] },
      },
      fullest: {
        'every member': {
          input: { documents: [{ rfiDocId: 'rfidoc_1', documentId: 'doc_1' }] },
          wire: { documents: [{ rfi_doc_id: 'rfidoc_1', id: 'doc_1' }] },
        },
      },
      arrange: async (gateway) => {
        const { account, paymentLinks: made } = gateway.sandbox;
        account.linkStatus = 'action_required';
        const id = await link(gateway);
        account.linkStatus = 'active';
        const wanted = made.get(id)?.rfi_documents?.[0]?.rfi_doc_id;
        return { id, wire: { 'documents[].rfi_doc_id': wanted } };
      },
    }),
  ],
};
