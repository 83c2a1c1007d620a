import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { GlomopayValidationError } from '../../errors/validation.error.js';
import { GatewayClient } from '../../http/gateway-client.js';
import { multipart } from '../../http/multipart.js';
import type { Operation } from '../../http/operation.js';
import type { RequestOptions } from '../../http/request-options.js';
import { Resource } from '../../http/resource.js';
import type { IdText } from '../../values/ids.js';
import type { Page } from '../../wire/page.js';
import { assertRequest } from '../../wire/to-wire.js';
import { DocumentFilterDto, type DocumentFilterInput } from './document-filter.dto.js';
import { documentShape, type Document } from './document.js';
import { mediaTypeOf, type DocumentMediaType } from './media-type.js';
import { UploadDocumentDto, type UploadDocumentInput } from './upload-document.dto.js';

const PATH = '/api/v1/document';

/** Nothing happens to a document that nothing names, so a second one does no harm. */
const uploadDocument: Operation = { method: 'POST', path: PATH, repeat: 'nothing' };

/** Documents: files for orders, refunds, payouts and what compliance asks for. Upload first, then name the id. */
@Injectable()
@Named('DocumentsService')
export class DocumentsService {
  readonly #client: GatewayClient;
  readonly #documents: Resource<Document, DocumentFilterInput>;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#client = client;
    this.#documents = new Resource(client, {
      kind: 'document',
      path: PATH,
      decode: documentShape.decode,
      filter: DocumentFilterDto,
    });
  }

  /**
   * Uploads a PDF, PNG or JPEG of at most 10 MiB. What the file is, its first bytes decide; the type of
   * the Blob and the ending of the name are ignored.
   *
   * It is sent again after an answer that got lost or a server error, and calling it again is safe: the
   * worst is a second document that nothing names, which does nothing and cannot be deleted. A file on
   * disk is read while it is sent and never held in memory; it must not change until the call has ended.
   *
   * Unless given, the time limits of the module grow by one second for each 100 kB.
   *
   * @example
   * // A file on disk (`node:fs`), one that Multer or another parser has in memory, a web stream:
   * await documents.upload({ file: await openAsBlob(path), fileName: 'invoice.pdf', documentName: 'Invoice' });
   * await documents.upload({ file: upload.buffer, fileName: upload.originalname, documentName: 'Invoice' });
   * await documents.upload({ file: await new Response(stream).blob(), fileName: 'invoice.pdf', documentName: 'Invoice' });
   *
   * @throws {GlomopayValidationError} the file is of another kind, empty, too large, or cannot be read,
   *   or a name is not 1 to 128 characters without control characters; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused; there is no document.
   * @throws {GlomopayUnreachableError} no connection; nothing was sent.
   * @throws {GlomopayOutcomeUnknownError} no usable answer, or the file changed while it was sent; there
   *   may be a document that nothing names. Open the file again and call again.
   */
  async upload(document: UploadDocumentInput, options?: RequestOptions): Promise<Document> {
    assertRequest(UploadDocumentDto, 'document', document);
    const { file, fileName, documentName } = document;
    const content = file instanceof Blob ? file : new Blob([file]);
    const type = await checkedType(content);
    return this.#client.call({
      operation: uploadDocument,
      body: multipart({ document_name: documentName, file: { content, fileName, type } }),
      secrets: [
        { text: fileName, kind: 'personal' },
        { text: documentName, kind: 'personal' },
      ],
      decode: documentShape.decode,
      options,
    });
  }

  /** Fetches a document. @throws {GlomopayNotFoundError} the id is unknown. */
  async get(id: IdText<'document'>, options?: RequestOptions): Promise<Document> {
    return this.#documents.get(id, options);
  }

  /** One page of the documents that match, newest first. One that cannot be read is under `unreadable`. */
  async list(filter: DocumentFilterInput = {}, options?: RequestOptions): Promise<Page<Document>> {
    return this.#documents.list(filter, options);
  }

  /**
   * Every document that matches, fetched page by page as they are consumed. One that cannot be read is left
   * out with a warning in the log; {@link list} gives it under `unreadable`.
   */
  listAll(filter: DocumentFilterInput = {}, options?: RequestOptions): AsyncGenerator<Document> {
    return this.#documents.listAll(filter, options);
  }
}

/** @throws {GlomopayValidationError} the file is of no kind that the gateway takes, or gone. */
async function checkedType(content: Blob): Promise<DocumentMediaType> {
  const type = await mediaTypeOf(content);
  if (type !== undefined && type !== null) return type;
  throw new GlomopayValidationError('document', [
    type === null
      ? { path: 'file', rule: 'isReadable', message: 'was changed or removed; open it again' }
      : { path: 'file', rule: 'isDocument', message: 'must begin as a PDF, PNG or JPEG does' },
  ]);
}
