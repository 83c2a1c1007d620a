import {
  OrdersService,
  type CreateOrderInput,
  type OrderFilterInput,
  type RfiAnswer,
} from 'nestjs-glomopay';
import { call, type ResourceCalls } from '../call.js';

const customer = 'cust_E602dMzgjpDC';
const rfiAnswer = {
  input: { documents: [{ rfiDocId: 'rfidoc_1', documentId: 'doc_1' }] },
  wire: { documents: [{ rfi_doc_id: 'rfidoc_1', id: 'doc_1' }] },
};

export const orders: ResourceCalls = {
  title: 'Orders',
  calls: [
    call({
      endpoint: 'createOrder',
      service: OrdersService,
      method: 'create',
      repeat: 'guarded',
      tests: ['test/calls/wire-bodies.e2e-spec.ts', 'test/calls/retries.e2e-spec.ts'],
      send: (service, input: CreateOrderInput) => service.create(input),
      smallest: {
        input: { customerId: customer, amount: 1000, currency: 'USD' },
        wire: { customer_id: customer, amount: 1000, currency: 'USD' },
      },
      fullest: {
        without_quote: {
          input: {
            customerId: customer,
            amount: 1000,
            currency: 'USD',
            requestId: 'shop-1',
            purposeCode: 'P1401',
            paymentMethods: ['bank_transfer', 'pay_via_bank', 'card'],
            documentId: 'doc_nYUqLpuYQ0M8',
            invoiceNumber: 'I-1',
            invoiceDescription: 'Rail pass',
            invoiceAmount: 1001,
            referenceNumber: 'R-1',
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
            request_id: 'shop-1',
            purpose_code: 'P1401',
            payment_methods: ['bank_transfer', 'pay_via_bank', 'card'],
            document_id: 'doc_nYUqLpuYQ0M8',
            invoice_number: 'I-1',
            invoice_description: 'Rail pass',
            invoice_amount: 1001,
            reference_number: 'R-1',
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
            priceId: 'price_1',
            splitIds: ['psplit_1', 'psplit_2'],
          },
          wire: {
            customer_id: customer,
            amount: 1000,
            currency: 'USD',
            price_id: 'price_1',
            split_ids: ['psplit_1', 'psplit_2'],
          },
        },
        'without_quote, as a remittance': {
          input: {
            customerId: customer,
            amount: 1000,
            currency: 'USD',
            lrs: {
              lrsQuoteId: 'quote_6ab60de4Kx7Pq',
              remittanceInformation: 'REF-1',
              bankAccountId: 'acclrs_68468c03g9xt7',
              beneficiaryId: 'bene_68468c03g9xua',
            },
          },
          wire: {
            customer_id: customer,
            amount: 1000,
            currency: 'USD',
            lrs: {
              lrs_quote_id: 'quote_6ab60de4Kx7Pq',
              remittance_information: 'REF-1',
              bank_account_id: 'acclrs_68468c03g9xt7',
              beneficiary_id: 'bene_68468c03g9xua',
            },
          },
        },
        with_quote: {
          input: { customerId: customer, quoteId: 'quote_6ab60de4Kx7Pq' },
          wire: { customer_id: customer, quote_id: 'quote_6ab60de4Kx7Pq' },
        },
      },
      arrange: async (gateway) => {
        const resident = await gateway.residentOfIndia();
        const account = { bank_code: 'hdfc', account_number: '12345678901234' };
        return {
          wire: {
            customer_id: resident,
            price_id: await gateway.price(),
            quote_id: await gateway.payinQuote(),
            'lrs.lrs_quote_id': await gateway.lrsQuote(),
            'lrs.beneficiary_id': await gateway.beneficiary('lrs'),
            'lrs.bank_account_id': await gateway.made(
              `/api/v1/customer/${resident}/bank_account`,
              account,
            ),
          },
        };
      },
    }),
    call({
      endpoint: 'getOrders',
      service: OrdersService,
      method: 'list',
      also: ['listAll'],
      repeat: 'nothing',
      send: (service, filter: OrderFilterInput) => service.list(filter),
      smallest: { input: {} },
      fullest: {
        'every filter': {
          input: {
            customerId: customer,
            status: 'active',
            requestId: 'shop-1',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            perPage: 50,
            page: 1,
          },
          wire: {
            customer_id: customer,
            status: 'active',
            request_id: 'shop-1',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            per_page: 50,
            page: 1,
          },
        },
      },
      arrange: async (gateway) => {
        const requestId = `shop-${gateway.another}`;
        await gateway.order({ request_id: requestId });
        return {
          wire: { customer_id: gateway.sandbox.demoCustomerId, request_id: requestId },
        };
      },
    }),
    call({
      endpoint: 'getOrderById',
      service: OrdersService,
      method: 'get',
      repeat: 'nothing',
      send: (service, _: object, id) => service.get(id),
      smallest: { input: {} },
      arrange: async (gateway) => ({ id: await gateway.order() }),
    }),
    call({
      endpoint: 'updateOrderRfi',
      service: OrdersService,
      method: 'submitRfi',
      repeat: 'converges',
      tests: ['test/calls/rfis.e2e-spec.ts'],
      send: (service, { documents }: { readonly documents: readonly RfiAnswer[] }, id) =>
        service.submitRfi(id, documents),
      smallest: rfiAnswer,
      fullest: { 'an answer': rfiAnswer },
      renamed: { 'documents[].id': 'documents[].documentId' },
      arrange: async (gateway) => {
        const { account, orders: made } = gateway.sandbox;
        account.orderReview = true;
        const id = await gateway.order();
        account.orderReview = false;
        const wanted = made.get(id)?.rfi_documents?.[0]?.rfi_doc_id;
        return { id, wire: { 'documents[].rfi_doc_id': wanted } };
      },
    }),
  ],
};
