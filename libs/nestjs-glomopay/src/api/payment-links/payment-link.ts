import {
  looseId,
  looseInteger,
  looseObject,
  looseObjects,
  looseTexts,
  notes,
} from '../../wire/readers.js';
import { may, shape, type SnapshotOf } from '../../wire/shape.js';
import { readRfiDocument } from '../parts/documents.js';
import { readProduct } from '../parts/product.js';

/** A payment link at the time of an event; also a top-up that your code did not create. */
export type PaymentLinkSnapshot = SnapshotOf<typeof paymentLinkShape>;

export const paymentLinkShape = shape('payment_link', {
  /** `plink_…`, or `addfunds_…` for a top-up. */
  id: may('id', looseId<'paymentLink' | 'topUp'>()),
  customerId: may('customer_id', looseId<'customer'>()),
  status: may('status'),
  /** Minor units of `currency`. */
  amount: may('amount', looseInteger),
  currency: may('currency'),
  documentId: may('document_id', looseId<'document'>()),
  purposeCode: may('purpose_code'),
  invoiceNumber: may('invoice_number'),
  invoiceDescription: may('invoice_description'),
  /** Minor units of `currency`. */
  invoiceAmount: may('invoice_amount', looseInteger),
  referenceNumber: may('reference_number'),
  /** The address to share; null until the link is active. */
  paymentLink: may('payment_link'),
  expiresAt: may('expires_at'),
  lastReminderSentAt: may('last_reminder_sent_at'),
  /** Days between reminders. */
  reminderFrequency: may('reminder_frequency', looseInteger),
  priceId: may('price_id', looseId<'price'>()),
  product: may('product', looseObject(readProduct)),
  notes: may('notes', notes),
  paymentMethods: may('payment_methods', looseTexts),
  rfiDocuments: may('rfi_documents', looseObjects(readRfiDocument)),
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});
