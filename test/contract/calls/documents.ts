import {
  DocumentsService,
  type DocumentFilterInput,
  type UploadDocumentInput,
} from 'nestjs-glomopay';
import { call, type ResourceCalls } from '../call.js';
import type { PlainClient } from '../plain-client.js';

const TEXT = '%PDF-1.7\n';

const upload = {
  input: {
    file: new Blob([TEXT]),
    fileName: 'invoice.pdf',
    documentName: 'Invoice',
  },
  wire: { document_name: 'Invoice', file: { name: 'invoice.pdf', text: TEXT } },
};

async function uploaded(gateway: PlainClient): Promise<string> {
  const form = new FormData();
  form.set('document_name', 'Invoice');
  form.set('file', new Blob([TEXT]), 'invoice.pdf');
  return gateway.made('/api/v1/document', form);
}

export const documents: ResourceCalls = {
  title: 'Documents',
  calls: [
    call({
      endpoint: 'createDocument',
      service: DocumentsService,
      method: 'upload',
      repeat: 'nothing',
      tests: [
        'test/calls/uploads.e2e-spec.ts',
        'test/calls/upload-faults.e2e-spec.ts',
        'test/calls/upload-memory.e2e-spec.ts',
      ],
      send: (service, input: UploadDocumentInput) => service.upload(input),
      smallest: upload,
      fullest: { 'every member': upload },
      gaps: {
        sandbox: {
          'is refused with a document_name of another type': 'every text of a form is a text',
        },
      },
    }),
    call({
      endpoint: 'getDocuments',
      service: DocumentsService,
      method: 'list',
      also: ['listAll'],
      repeat: 'nothing',
      send: (service, filter: DocumentFilterInput) => service.list(filter),
      smallest: { input: {} },
      fullest: {
        'every filter': {
          input: {
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            perPage: 50,
            page: 1,
          },
          wire: { before: '2099-01-01T00:00:00Z', after: '2020-01-01', per_page: 50, page: 1 },
        },
      },
      arrange: async (gateway) => {
        await uploaded(gateway);
        return {};
      },
    }),
    call({
      endpoint: 'getDocumentById',
      service: DocumentsService,
      method: 'get',
      repeat: 'nothing',
      send: (service, _: object, id) => service.get(id),
      smallest: { input: {} },
      arrange: async (gateway) => ({ id: await uploaded(gateway) }),
    }),
  ],
};
