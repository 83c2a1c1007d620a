import type { Money } from '../money/money.js';
import type { Payment } from '../payments/payment.js';

/** What the gateway calls it, and how its ids begin. */
export const REFUND = { kind: 'Refund', idPrefix: 'refund' } as const;

/** How long until a refund that is in progress has gone to the bank. */
export const TO_BANK_MS = 60_000;

/** Money on its way back to a buyer, as the gateway answers it. */
export interface Refund {
  readonly id: string;
  readonly customer_id: Payment['customer_id'];
  readonly payment_id: string;
  readonly reason: string;
  readonly fees: { readonly fx_fees: Money; readonly txn_fees: Money };
  readonly balance_used: Money;
  readonly documents: readonly RefundDocument[];
  readonly status: RefundStatus;
  /** What the buyer was charged in, and gets back. */
  readonly currency: string;
  readonly amount: number;
  readonly utr: string | null;
  readonly partial_refund: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface RefundDocument {
  /** Null while it is wanted. */
  readonly id: string | null;
  readonly type: string;
  readonly status: 'pending' | 'uploaded';
  readonly rfi_doc_id: string | null;
}

export type RefundStatus =
  'in_progress' | 'under_review' | 'action_required' | 'success' | 'failed' | 'cancelled';

/** In the words of the merchant; the gateway has further ones for refunds of its own. */
export const REFUND_REASONS = [
  'Requested By Customer',
  'Duplicate',
  'Fraudulent',
  'Others',
] as const;

/** A refund, and what the API does not show of it. */
export interface RefundRecord {
  readonly id: string;
  readonly created_at: string;
  readonly refund: Refund;
  readonly requestId: string | null;
  /** In the currency that is settled, in which refunds are asked for. */
  readonly asked: Money;
  readonly paymentMethod: string;
  /** When it goes to the bank, in milliseconds since the Unix epoch. */
  readonly sentAt: number;
}

/** Whether its money is gone from the payment, or going. */
export function counts({ refund: { status } }: RefundRecord): boolean {
  return status !== 'failed' && status !== 'cancelled';
}
