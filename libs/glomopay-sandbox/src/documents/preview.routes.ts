import type { FastifyInstance } from 'fastify';
import type { Book } from '../books/book.js';
import { html } from '../html/html.js';
import { sendPage } from '../html/page.js';
import type { DocumentRecord } from './document.js';

const PATH = '/documents';

/** Where a document is shown. */
export function previewAddress(origin: string, id: string): string {
  return `${origin}${PATH}/${id}`;
}

/** The page at a document's `preview_url`: what is known of its file, which itself is not kept. */
export function previewRoutes(app: FastifyInstance, documents: Book<DocumentRecord>): void {
  app.get<{ Params: { id: string } }>(`${PATH}/:id`, (request, reply) => {
    const document = documents.get(request.params.id);
    const title = document?.document_name ?? 'No such document';
    return sendPage(reply, document ? 200 : 404, {
      title,
      body: html`<main>
        <h1>${title}</h1>
        ${document ? facts(document) : html``}
      </main>`,
    });
  });
}

function facts({ id, file_name, status, file }: DocumentRecord) {
  return html`<p><code>${id}</code> ${status}</p>
    <p>${file_name}: ${file.type}, ${file.bytes} bytes</p>
    <p><code>${file.sha256}</code></p>`;
}
