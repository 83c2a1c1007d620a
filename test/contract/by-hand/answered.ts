import type { WireCall } from '../call.js';

const answer = {
  wire: { documents: [{ id: 'doc_5JU9yv0lGSUP', rfi_doc_id: 'rfidoc_5JU9yv0lGSUP' }] },
};

/** The answer to what compliance asks about an object, at a route of the object itself. */
export const answered: Pick<WireCall, 'smallest' | 'fullest'> = {
  smallest: answer,
  fullest: { 'every member': answer },
};
