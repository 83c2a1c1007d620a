import type { IdText } from '../../values/ids.js';
import { looseId, looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';

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

export function readAttachedDocument(document: WireObject): AttachedDocument {
  return {
    id: document.read('id', looseId<'document'>()),
    type: document.read('type', looseText),
    status: document.read('status', looseText),
    rfiDocId: document.read('rfi_doc_id', looseId<'rfiDocument'>()),
  };
}

/** Of those that an object in `action_required` waits for. */
export function readRfiDocument(document: WireObject): RfiDocumentRequirement {
  return {
    rfiDocId: document.read('rfi_doc_id', looseId<'rfiDocument'>()) ?? '',
    name: document.read('name', looseText),
  };
}
