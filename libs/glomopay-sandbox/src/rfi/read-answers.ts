import type { Fields } from '../http/fields.js';
import type { RfiAnswer } from './rfi.js';

/**
 * Reads `documents` of an answer to an RFI.
 *
 * @param documentKey how the route calls the document: `id` at `update-rfi`, `doc_id` at `respond`.
 */
export function readRfiAnswers(fields: Fields, documentKey: 'id' | 'doc_id'): RfiAnswer[] {
  return fields.requiredObjects('documents').map((document) => ({
    rfiDocId: document.requiredId('rfi_doc_id', 'rfidoc'),
    documentId: document.requiredId(documentKey, 'doc'),
  }));
}
