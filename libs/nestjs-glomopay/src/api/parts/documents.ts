import { looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';

/** A document that the gateway has, or still wants. */
export interface AttachedDocument {
  readonly id: string | null;
  /** `invoice`, `rfi`, … */
  readonly type: string | null;
  readonly status: string | null;
  readonly rfiDocId: string | null;
}

/** A document that the gateway wants before it accepts an order. */
export interface RfiDocumentRequirement {
  readonly rfiDocId: string | null;
  /** The document wanted, such as `Passport`. */
  readonly name: string | null;
}

export function readAttachedDocument(document: WireObject): AttachedDocument {
  return {
    id: document.read('id', looseText),
    type: document.read('type', looseText),
    status: document.read('status', looseText),
    rfiDocId: document.read('rfi_doc_id', looseText),
  };
}

/** Of those that an object in `action_required` waits for. */
export function readRfiDocument(document: WireObject): RfiDocumentRequirement {
  return {
    rfiDocId: document.read('rfi_doc_id', looseText),
    name: document.read('name', looseText),
  };
}
