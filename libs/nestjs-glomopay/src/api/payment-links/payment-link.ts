import type { IdText, PaymentLinkId } from '../../values/ids.js';
import {
  id,
  looseId,
  looseInteger,
  looseObject,
  looseObjects,
  looseTexts,
  minorUnits,
  notes,
  openText,
  text,
  type CheckedReader,
} from '../../wire/readers.js';
import { may, must, shape, type ObjectOf, type SnapshotOf } from '../../wire/shape.js';
import type { WireReader } from '../../wire/wire-object.js';
import type { PaymentMethodName } from '../orders/order.js';
import { readRfiDocument } from '../parts/documents.js';
import { readBankAccount } from '../parts/bank-account.js';
import { readProduct } from '../parts/product.js';

/**
 * Status of a payment link. `paid`, `failed`, `cancelled` and (nearly always) `expired` are final: what
 * was under way when it expired may still pay it.
 */
export type PaymentLinkStatus =
  | 'active'
  | 'action_required'
  | 'under_review'
  | 'paid'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | (string & {});

/** An event may be about a top-up, which the gateway treats as a link. */
const linkId: CheckedReader<PaymentLinkId, IdText<'paymentLink' | 'topUp'> | null> =
  id('paymentLink');
const methodNames: WireReader<readonly PaymentMethodName[]> = looseTexts;

export const paymentLinkShape = shape('payment_link', {
  /** `plink_…`; in an event also `addfunds_…`, of a top-up. */
  id: must('id', linkId),
  customerId: must('customer_id', id('customer')),
  status: must('status', openText<PaymentLinkStatus>()),
  /** Minor units of `currency`. */
  amount: must('amount', minorUnits),
  currency: must('currency', text),
  documentId: may('document_id', looseId<'document'>()),
  purposeCode: may('purpose_code'),
  invoiceNumber: may('invoice_number'),
  invoiceDescription: may('invoice_description'),
  /** Minor units of `currency`. */
  invoiceAmount: may('invoice_amount', looseInteger),
  referenceNumber: may('reference_number'),
  /** The address to share. Null until the link has been `active`: while it is reviewed there is none. */
  paymentLink: may('payment_link'),
  /** ISO 8601, UTC. */
  expiresAt: may('expires_at'),
  lastReminderSentAt: may('last_reminder_sent_at'),
  /** Days between reminders. */
  reminderFrequency: may('reminder_frequency', looseInteger),
  priceId: may('price_id', looseId<'price'>()),
  product: may('product', looseObject(readProduct)),
  notes: may('notes', notes),
  bankAccountDetails: may('bank_account_details', looseObject(readBankAccount)),
  paymentMethods: may('payment_methods', methodNames),
  /** Only while the status is `action_required`: see `submitRfi`. */
  rfiDocuments: may('rfi_documents', looseObjects(readRfiDocument)),
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});

/** A page of the gateway at which one customer pays one amount, as the gateway records it. */
export interface PaymentLink extends ObjectOf<typeof paymentLinkShape> {}

/** A payment link at the time of an event; also a top-up that your code did not create. */
export type PaymentLinkSnapshot = SnapshotOf<typeof paymentLinkShape>;

/** A payment link that a create returned. */
export interface CreatedPaymentLink extends PaymentLink {
  /** True when no answer came back and the link was found by its reference. */
  readonly replayed: boolean;
}
