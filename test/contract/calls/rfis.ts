import { RfisService, type RfiAnswer, type RfiFilterInput } from 'nestjs-glomopay';
import { call, type ResourceCalls } from '../call.js';
import type { PlainClient } from '../plain-client.js';

const tests = ['test/calls/rfis.e2e-spec.ts'];
const answer = {
  input: { documents: [{ rfiDocId: 'rfidoc_1', documentId: 'doc_1' }] },
  wire: { documents: [{ rfi_doc_id: 'rfidoc_1', doc_id: 'doc_1' }] },
};

export const rfis: ResourceCalls = {
  title: 'RFIs',
  calls: [
    call({
      endpoint: 'getRfis',
      service: RfisService,
      method: 'list',
      also: ['listAll'],
      repeat: 'nothing',
      tests,
      send: (service, filter: RfiFilterInput) => service.list(filter),
      smallest: { input: {} },
      fullest: {
        'every filter': {
          input: { before: '2099-01-01T00:00:00Z', after: '2020-01-01', perPage: 50, page: 1 },
          wire: { before: '2099-01-01T00:00:00Z', after: '2020-01-01', per_page: 50, page: 1 },
        },
      },
      arrange: async (gateway) => {
        await gateway.heldPayment();
        return {};
      },
    }),
    call({
      endpoint: 'getRfi',
      service: RfisService,
      method: 'get',
      repeat: 'nothing',
      tests,
      send: (service, _: object, id) => service.get(id),
      smallest: { input: {} },
      arrange: async (gateway) => ({ id: (await raised(gateway)).id }),
    }),
    call({
      endpoint: 'respondRfi',
      service: RfisService,
      method: 'respond',
      repeat: 'converges',
      tests,
      send: (service, { documents }: { readonly documents: readonly RfiAnswer[] }, id) =>
        service.respond(id, documents),
      smallest: answer,
      fullest: { 'an answer': answer },
      renamed: { 'documents[].doc_id': 'documents[].documentId' },
      unsent: { fields: 'what is in it is not documented' },
      arrange: async (gateway) => {
        const { id, wanted } = await raised(gateway);
        return { id, wire: { 'documents[].rfi_doc_id': wanted } };
      },
    }),
  ],
  underRaw: { Rfi: { fields: 'what is in it is not documented' } },
};

async function raised(gateway: PlainClient) {
  const payment = gateway.sandbox.payments.get(await gateway.heldPayment());
  const { id = '', documents_required: documents } = payment?.rfi ?? {};
  return { id, wanted: documents?.[0]?.rfi_doc_id };
}
