import type { IdText } from '../../values/ids.js';
import type { OwnMembers } from '../../wire/own-members.js';
import { looseText } from '../../wire/readers.js';

/** A document that the gateway has, or still wants. */
export interface AttachedDocument {
  readonly id: IdText<'document'> | null;
  /** `invoice`, `rfi`, … */
  readonly type: string | null;
  readonly status: string | null;
  readonly rfiDocId: IdText<'rfiDocument'> | null;
}

/** A document that the gateway wants before it accepts an order. */
export interface RfiDocumentRequirement {
  /** What the answer names. Empty where the gateway gave none, which no answer takes. */
  readonly rfiDocId: IdText<'rfiDocument'>;
  /** The document wanted, such as `Passport`. */
  readonly name: string | null;
}

export function readAttachedDocument(document: OwnMembers): AttachedDocument {
  return {
    id: looseText(document.id),
    type: looseText(document.type),
    status: looseText(document.status),
    rfiDocId: looseText(document.rfi_doc_id),
  };
}

/** Of those that an object in `action_required` waits for. */
export function readRfiDocument(document: OwnMembers): RfiDocumentRequirement {
  return {
    rfiDocId: looseText(document.rfi_doc_id) ?? '',
    name: looseText(document.name),
  };
}
