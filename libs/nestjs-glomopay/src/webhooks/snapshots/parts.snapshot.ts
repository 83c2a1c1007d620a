import { looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';

/** What is sold. */
export interface ProductSnapshot {
  readonly name: string | null;
  readonly description: string | null;
}

/** A document that the gateway has, or still wants. */
export interface DocumentSnapshot {
  readonly id: string | null;
  /** `invoice`, `rfi`, … */
  readonly type: string | null;
  readonly status: string | null;
  readonly rfiDocId: string | null;
}

export function productSnapshot(product: WireObject): ProductSnapshot {
  return {
    name: product.read('name', looseText),
    description: product.read('description', looseText),
  };
}

export function documentSnapshot(document: WireObject): DocumentSnapshot {
  return {
    id: document.read('id', looseText),
    type: document.read('type', looseText),
    status: document.read('status', looseText),
    rfiDocId: document.read('rfi_doc_id', looseText),
  };
}

/** The documents that an object in `action_required` waits for. */
export function rfiDocumentSnapshot(document: WireObject): {
  readonly rfiDocId: string | null;
  readonly name: string | null;
} {
  return {
    rfiDocId: document.read('rfi_doc_id', looseText),
    name: document.read('name', looseText),
  };
}
