import type { IdText } from '../../values/ids.js';
import type { OwnMembers } from '../../wire/own-members.js';
import { looseBoolean, looseInteger, looseText } from '../../wire/readers.js';

/** A document that a request for information asks for. */
export interface RequestedDocument {
  /** What the answer names. Empty where the gateway gave none, which no answer takes. */
  readonly rfiDocId: IdText<'rfiDocument'>;
  /** The document wanted, such as `Passport`. */
  readonly description: string | null;
  /** Whether more than one may be given. */
  readonly multipleAllowed: boolean | null;
  /** How many may be given; 1 where no more are allowed. */
  readonly maxCount: number | null;
}

/** What compliance asks for. */
export interface RfiRequest {
  /** For `rfis.get` and `rfis.respond`. */
  readonly id: IdText<'rfi'> | null;
  /** `COMPLIANCE_REVIEW`, … */
  readonly reasonCode: string | null;
  readonly reasonDescription: string | null;
  /** ISO 8601, UTC. A request that nobody answers by then expires. */
  readonly responseDeadline: string | null;
  /** Each of them has to be in the answer; empty while nothing is asked. */
  readonly documentsRequired: readonly RequestedDocument[];
}

export function readRequestedDocument(document: OwnMembers): RequestedDocument {
  return {
    rfiDocId: looseText(document.rfi_doc_id) ?? '',
    description: looseText(document.description),
    multipleAllowed: looseBoolean(document.multiple_allowed),
    maxCount: looseInteger(document.max_count),
  };
}
