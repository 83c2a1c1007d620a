import type { Fields } from '../http/fields.js';
import { readRequestId } from '../http/request-id.js';
import { PAYMENT } from '../payments/payment.js';
import { REFUND_REASONS } from './refund.js';

/** A checked `POST /refunds` body. */
export interface RefundRequest {
  readonly paymentId: string;
  readonly reason: string;
  /** In the currency that is settled. Absent: all that is left. */
  readonly amount: number | undefined;
  readonly requestId: string | null;
  readonly documentId: string | undefined;
}

export function readNewRefund(fields: Fields): RefundRequest {
  fields.require('reason');
  const request = {
    paymentId: fields.requiredId('payment_id', PAYMENT.idPrefix),
    reason: fields.oneOf('reason', REFUND_REASONS) ?? '',
    amount: fields.integer('amount', 1),
    requestId: readRequestId(fields),
    documentId: fields.id('document_id', 'doc'),
  };
  fields.text('document_url');
  fields.text('file_name');
  fields.finish();
  return request;
}
