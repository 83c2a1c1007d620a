import { looseInteger, looseObject, looseObjects, looseTexts, notes } from '../../wire/readers.js';
import { member, snapshot, type SnapshotOf } from '../../wire/snapshot.js';
import { productSnapshot, rfiDocumentSnapshot } from './parts.snapshot.js';

/** An order at the time of an event. */
export type OrderSnapshot = SnapshotOf<typeof orderSnapshot>;

export const orderSnapshot = snapshot({
  id: member('id'),
  customerId: member('customer_id'),
  status: member('status'),
  /** Minor units of `currency`. */
  amount: member('amount', looseInteger),
  currency: member('currency'),
  documentId: member('document_id'),
  purposeCode: member('purpose_code'),
  invoiceNumber: member('invoice_number'),
  invoiceDescription: member('invoice_description'),
  /** Minor units of `currency`. */
  invoiceAmount: member('invoice_amount', looseInteger),
  referenceNumber: member('reference_number'),
  product: member('product', looseObject(productSnapshot)),
  notes: member('notes', notes),
  paymentMethods: member('payment_methods', looseTexts),
  rfiDocuments: member('rfi_documents', looseObjects(rfiDocumentSnapshot)),
  requestId: member('request_id'),
  createdAt: member('created_at'),
  updatedAt: member('updated_at'),
});
