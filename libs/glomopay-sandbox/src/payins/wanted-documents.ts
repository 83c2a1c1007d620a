import type { RfiDocument } from '../orders/order.js';
import type { Rfi } from '../rfi/rfi.js';

/** What an order or a payment link tells of the RFI that it waits for. */
export function wantedDocuments({ documents_required }: Rfi): {
  readonly rfi_documents: readonly RfiDocument[];
} {
  return {
    rfi_documents: documents_required.map(({ rfi_doc_id, description }) => ({
      rfi_doc_id,
      name: description,
    })),
  };
}
