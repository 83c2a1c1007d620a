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
} from '../../wire/readers.js';
import { may, must, shape, type ObjectOf, type SnapshotOf } from '../../wire/shape.js';
import type { WireReader } from '../../wire/wire-object.js';
import { readRfiDocument } from '../parts/documents.js';
import { readPayerBankAccount } from '../parts/payer-bank-account.js';
import { readProduct } from '../parts/product.js';

/** Status of an order; `paid`, `failed`, `cancelled` and (nearly always) `expired` are final. */
export type OrderStatus =
  | 'active'
  | 'action_required'
  | 'under_review'
  | 'paid'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | (string & {});

/** A way to pay that an order offers. */
export type PaymentMethodName = 'bank_transfer' | 'pay_via_bank' | 'card' | (string & {});

const methodNames: WireReader<readonly PaymentMethodName[]> = looseTexts;

export const orderShape = shape('order', {
  id: must('id', id('order')),
  customerId: must('customer_id', id('customer')),
  status: must('status', openText<OrderStatus>()),
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
  product: may('product', looseObject(readProduct)),
  notes: may('notes', notes),
  /** Only where it was sent. Account numbers are personal data: do not log them. */
  bankAccountDetails: may('bank_account_details', looseObject(readPayerBankAccount)),
  paymentMethods: may('payment_methods', methodNames),
  /** Only while the status is `action_required`. */
  rfiDocuments: may('rfi_documents', looseObjects(readRfiDocument)),
  requestId: may('request_id'),
  /** ISO 8601, UTC. */
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});

/** The request to collect one payment, as the gateway records it. */
export interface Order extends ObjectOf<typeof orderShape> {}

/** An order at the time of an event. */
export type OrderSnapshot = SnapshotOf<typeof orderShape>;

/** An order that a create returned. */
export interface CreatedOrder extends Order {
  /** True when the `requestId` had been used before and the earlier order is given back. */
  readonly replayed: boolean;
}
