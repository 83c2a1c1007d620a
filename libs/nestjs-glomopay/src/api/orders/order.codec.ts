import type { CustomerId, OrderId } from '../../values/ids.js';
import {
  id,
  looseInteger,
  looseObject,
  looseObjects,
  looseText,
  looseTexts,
  minorUnits,
  notes,
  text,
} from '../../wire/readers.js';
import { WireObject } from '../../wire/wire-object.js';
import type { Order } from './order.js';

/** Reads an order. Id, customer, status, amount and currency are checked; the rest is tolerated. */
export function decodeOrder(body: unknown): Order {
  const order = new WireObject('order', body);
  return {
    id: order.read('id', id<OrderId>('order')),
    customerId: order.read('customer_id', id<CustomerId>('customer')),
    status: order.read('status', text),
    amount: order.read('amount', minorUnits),
    currency: order.read('currency', text),
    documentId: order.read('document_id', looseText),
    purposeCode: order.read('purpose_code', looseText),
    invoiceNumber: order.read('invoice_number', looseText),
    invoiceDescription: order.read('invoice_description', looseText),
    invoiceAmount: order.read('invoice_amount', looseInteger),
    referenceNumber: order.read('reference_number', looseText),
    product: order.read(
      'product',
      looseObject((product) => ({
        name: product.read('name', looseText),
        description: product.read('description', looseText),
      })),
    ),
    notes: order.read('notes', notes),
    paymentMethods: order.read('payment_methods', looseTexts),
    rfiDocuments: order.read(
      'rfi_documents',
      looseObjects((document) => ({
        rfiDocId: document.read('rfi_doc_id', looseText),
        name: document.read('name', looseText),
      })),
    ),
    requestId: order.read('request_id', looseText),
    createdAt: order.read('created_at', looseText),
    updatedAt: order.read('updated_at', looseText),
    raw: order.raw,
  };
}
