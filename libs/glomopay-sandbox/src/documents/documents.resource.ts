import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import { NO_FILTERS } from '../books/read-routes.js';
import { Resource } from '../books/resource.js';
import type { ResourceKit } from '../resource-kit.js';
import { DOCUMENT } from './document.js';
import type { Document, DocumentRecord, DocumentStatus } from './document.js';
import { MAX_FILE_BYTES, readNewDocument } from './read-document.js';

/** What a form may have beside its file. */
const FORM_BYTES = 65_536;

const STATUS = lifecycle<DocumentRecord, DocumentStatus>({
  statusOf: ({ status }) => status,
  moves: { uploaded: ['approved', 'rejected'], approved: [], rejected: [] },
});

/** `/api/v1/document`: upload, list and get. */
export function documentResource({ clock }: ResourceKit): Resource<DocumentRecord, Document> {
  const book = new Book<DocumentRecord>({ ...DOCUMENT, lifecycles: [STATUS] }, clock);
  return new Resource<DocumentRecord, Document>({
    book,
    shown: shownDocument,
    paths: ['/document'],
    filters: NO_FILTERS,
    calls: (api, path, { origin }) => {
      api.post(path, { bodyLimit: MAX_FILE_BYTES + FORM_BYTES }, async (request, reply) => {
        const document = book.open(await readNewDocument(request, clock, origin()));
        reply.code(201);
        return shownDocument(document);
      });
    },
  });
}

function shownDocument(record: DocumentRecord): Document {
  const { id, document_name, file_name, preview_url, status, created_at, updated_at } = record;
  return { id, document_name, file_name, preview_url, status, created_at, updated_at };
}
