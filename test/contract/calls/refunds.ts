import {
  RefundsService,
  type CreateRefundInput,
  type RefundFilterInput,
  type RfiAnswer,
} from 'nestjs-glomopay';
import { call, type ResourceCalls } from '../call.js';
import type { PlainClient } from '../plain-client.js';

const payment = 'payt_691eeb9aV79Uk';

const tests = ['test/calls/refunds.e2e-spec.ts', 'test/calls/refund-answers.e2e-spec.ts'];

export const refunds: ResourceCalls = {
  title: 'Refunds',
  calls: [
    call({
      endpoint: 'createRefund',
      service: RefundsService,
      method: 'create',
      repeat: 'guarded',
      tests,
      send: (service, input: CreateRefundInput) => service.create(input),
      smallest: {
        input: { paymentId: payment, reason: 'Others', requestId: 'shop-1' },
        wire: { payment_id: payment, reason: 'Others', request_id: 'shop-1' },
      },
      fullest: {
        'every member': {
          input: {
            paymentId: payment,
            reason: 'Requested By Customer',
            requestId: 'shop-1',
            amount: 400,
            documentId: 'doc_nYUqLpuYQ0M8',
            documentUrl: 'https://shop.example/return-slip',
            fileName: 'return-slip.pdf',
          },
          wire: {
            payment_id: payment,
            reason: 'Requested By Customer',
            request_id: 'shop-1',
            amount: 400,
            document_id: 'doc_nYUqLpuYQ0M8',
            document_url: 'https://shop.example/return-slip',
            file_name: 'return-slip.pdf',
          },
        },
      },
      arrange: async (gateway) => ({ wire: { payment_id: await paid(gateway) } }),
    }),
    call({
      endpoint: 'getRefunds',
      service: RefundsService,
      method: 'list',
      also: ['listAll', 'refundable'],
      repeat: 'nothing',
      tests,
      send: (service, filter: RefundFilterInput) => service.list(filter),
      smallest: { input: {} },
      fullest: {
        'every filter': {
          input: {
            customerId: 'cust_E602dMzgjpDC',
            paymentId: payment,
            paymentMethod: 'card',
            status: 'success',
            requestId: 'shop-1',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            perPage: 50,
            page: 1,
          },
          wire: {
            customer_id: 'cust_E602dMzgjpDC',
            payment_id: payment,
            payment_method: 'card',
            status: 'success',
            request_id: 'shop-1',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            per_page: 50,
            page: 1,
          },
        },
      },
      arrange: async (gateway) => {
        await made(gateway);
        return {};
      },
    }),
    call({
      endpoint: 'getRefundById',
      service: RefundsService,
      method: 'get',
      repeat: 'nothing',
      tests,
      send: (service, _: object, id) => service.get(id),
      smallest: { input: {} },
      arrange: async (gateway) => ({ id: await made(gateway) }),
    }),
    call({
      endpoint: 'updateRfiRefund',
      service: RefundsService,
      method: 'submitRfi',
      repeat: 'converges',
      tests,
      send: (service, { documents }: { readonly documents: readonly RfiAnswer[] }, id) =>
        service.submitRfi(id, documents),
      smallest: {
        input: { documents: [{ rfiDocId: 'rfidoc_1', documentId: 'doc_1' }] },
        wire: { documents: [{ rfi_doc_id: 'rfidoc_1', id: 'doc_1' }] },
      },
      fullest: {
        'an answer': {
          input: { documents: [{ rfiDocId: 'rfidoc_1', documentId: 'doc_1' }] },
          wire: { documents: [{ rfi_doc_id: 'rfidoc_1', id: 'doc_1' }] },
        },
      },
      renamed: { 'documents[].id': 'documents[].documentId' },
      arrange: async (gateway) => {
        const { account, rfis } = gateway.sandbox;
        account.refundReview = true;
        const id = await made(gateway);
        account.refundReview = false;
        const wanted = rfis.list()[0]?.documents_required[0]?.rfi_doc_id;
        return { id, wire: { 'documents[].rfi_doc_id': wanted } };
      },
    }),
  ],
};

async function paid(gateway: PlainClient): Promise<string> {
  const id = await gateway.payment();
  gateway.sandbox.completePayment(id, 'approve');
  return id;
}

async function made(gateway: PlainClient): Promise<string> {
  const refund = { payment_id: await paid(gateway), reason: 'Others' };
  return gateway.made('/api/v1/refunds', refund);
}
