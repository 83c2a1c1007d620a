import { id, looseText } from '../../wire/readers.js';
import { may, must, shape, type ObjectOf } from '../../wire/shape.js';
import type { WireReader } from '../../wire/wire-object.js';

/** What compliance has said about a document. */
export type DocumentStatus = 'uploaded' | 'approved' | 'rejected' | (string & {});

const documentStatus: WireReader<DocumentStatus | null> = looseText;

/** Only the id is checked, because other calls name the document by it. */
export const documentShape = shape('document', {
  id: must('id', id('document')),
  /** The label that it was uploaded with. */
  documentName: may('document_name'),
  /** The name under which the gateway has stored it, not the one that was sent. */
  fileName: may('file_name'),
  /** Where the file can be seen. */
  previewUrl: may('preview_url'),
  status: may('status', documentStatus),
  /** ISO 8601, UTC. */
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});

/** A file that the gateway has. It does nothing until an order, a refund or an answer to an RFI names its id. */
export interface Document extends ObjectOf<typeof documentShape> {}
