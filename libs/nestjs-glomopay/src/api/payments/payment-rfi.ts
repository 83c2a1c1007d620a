import { looseId, looseObject, looseObjects, looseText } from '../../wire/readers.js';
import type { WireObject, WireReader } from '../../wire/wire-object.js';
import { readRequestedDocument, type RfiRequest } from '../parts/rfi-request.js';

/**
 * What compliance wants to know about a payment. Its `documentsRequired` are told only while
 * `complianceStatus` is `action_required`.
 */
export interface PaymentRfi extends RfiRequest {}

const rfiObject = looseObject(readPaymentRfi);
const requestedDocuments = looseObjects(readRequestedDocument);

/** Reads `rfi`, or an id alone, which is all that some answers give. */
export const paymentRfi: WireReader<PaymentRfi | null> = (value, path) =>
  rfiObject(typeof value === 'string' ? { id: value } : value, path);

function readPaymentRfi(rfi: WireObject): PaymentRfi {
  return {
    id: rfi.read('id', looseId<'rfi'>()),
    reasonCode: rfi.read('reason_code', looseText),
    reasonDescription: rfi.read('reason_code_description', looseText),
    responseDeadline: rfi.read('response_deadline', looseText),
    documentsRequired: rfi.read('documents_required', requestedDocuments),
  };
}
