import { id, looseObjects, looseText } from '../../wire/readers.js';
import { may, must, shape, type ObjectOf } from '../../wire/shape.js';
import type { WireReader } from '../../wire/wire-object.js';
import { readRequestedDocument } from '../parts/rfi-request.js';

/** Status of a request for information. Only `under_review`, after an answer, is documented. */
export type RfiStatus = 'action_required' | 'under_review' | 'closed' | 'expired' | (string & {});

const status: WireReader<RfiStatus | null> = looseText;

/** Of all its members only the id is decided by: the gateway's documents do not show the whole object. */
export const rfiShape = shape('rfi', {
  id: must('id', id('rfi')),
  status: may('status', status),
  /** `COMPLIANCE_REVIEW`, … */
  reasonCode: may('reason_code'),
  reasonDescription: may('reason_code_description'),
  /** ISO 8601, UTC. A request that nobody answers by then expires. */
  responseDeadline: may('response_deadline'),
  /** Each of them has to be in the answer. */
  documentsRequired: may('documents_required', looseObjects(readRequestedDocument)),
});

/** A request for information: compliance asks for documents about a payment or a payout. */
export interface Rfi extends ObjectOf<typeof rfiShape> {}
