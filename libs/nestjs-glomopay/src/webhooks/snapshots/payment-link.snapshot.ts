import { looseInteger, looseObject, looseObjects, looseTexts, notes } from '../../wire/readers.js';
import { member, snapshot, type SnapshotOf } from '../../wire/snapshot.js';
import { productSnapshot, rfiDocumentSnapshot } from './parts.snapshot.js';

/** A payment link at the time of an event; also a top-up that your code did not create. */
export type PaymentLinkSnapshot = SnapshotOf<typeof paymentLinkSnapshot>;

export const paymentLinkSnapshot = snapshot({
  /** `plink_…`, or `addfunds_…` for a top-up. */
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
  /** The address to share; null until the link is active. */
  paymentLink: member('payment_link'),
  expiresAt: member('expires_at'),
  lastReminderSentAt: member('last_reminder_sent_at'),
  /** Days between reminders. */
  reminderFrequency: member('reminder_frequency', looseInteger),
  priceId: member('price_id'),
  product: member('product', looseObject(productSnapshot)),
  notes: member('notes', notes),
  paymentMethods: member('payment_methods', looseTexts),
  rfiDocuments: member('rfi_documents', looseObjects(rfiDocumentSnapshot)),
  createdAt: member('created_at'),
  updatedAt: member('updated_at'),
});
