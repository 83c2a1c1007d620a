import { newId } from '../books/object-id.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { PAYOUT } from './payout.js';
import type { PayoutRecord, PayoutStatus } from './payout.js';
import type { PayoutTerms } from './payout-rules.js';
import type { PayoutRequest } from './read-payout.js';

export function newPayout(
  request: PayoutRequest,
  terms: PayoutTerms,
  { status, clock }: { readonly status: PayoutStatus; readonly clock: Clock },
): PayoutRecord {
  const now = timestamp(clock);
  const id = newId(PAYOUT.idPrefix, clock);
  return {
    id,
    created_at: now,
    payout: {
      id,
      status,
      ...terms,
      beneficiary_id: request.beneficiaryId,
      // INFERRED type.
      documents: request.documents.map((document) => ({
        id: document,
        type: 'invoice',
        status: 'uploaded',
        rfi_doc_id: null,
      })),
      purpose_code: request.purposeCode,
      utr: null,
      request_id: request.requestId,
      invoice_number: request.invoiceNumber,
      fee_collection_mode: 'merchant',
      error_code: null,
      error_description: null,
      customer_error_description: null,
      taxes: [],
      notes: request.notes,
      created_at: now,
      updated_at: now,
    },
    isUnderReview: false,
    completesAlone: false,
    queuedAt: status === 'queued' ? clock.now() : null,
  };
}
