import type { OwnMembers } from '../../wire/own-members.js';
import { looseObject, looseObjects, looseText } from '../../wire/readers.js';
import type { LooseReader } from '../../wire/wire-object.js';
import { readRequestedDocument, type RfiRequest } from '../parts/rfi-request.js';

/**
 * What compliance wants to know about a payment. Its `documentsRequired` are told only while
 * `complianceStatus` is `action_required`.
 */
export interface PaymentRfi extends RfiRequest {}

const rfiObject = looseObject(readPaymentRfi);
const requestedDocuments = looseObjects(readRequestedDocument);

/** Reads `rfi`, or an id alone, which is all that some answers give. */
export const paymentRfi: LooseReader<PaymentRfi | null> = (value) =>
  rfiObject(typeof value === 'string' ? { id: value } : value);

function readPaymentRfi(rfi: OwnMembers): PaymentRfi {
  return {
    id: looseText(rfi.id),
    reasonCode: looseText(rfi.reason_code),
    reasonDescription: looseText(rfi.reason_code_description),
    responseDeadline: looseText(rfi.response_deadline),
    documentsRequired: requestedDocuments(rfi.documents_required),
  };
}
