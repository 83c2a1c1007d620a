import type { Quote } from '../quotes/quote.js';
import type { Rail } from '../quotes/rail.js';

/** What the gateway calls it, and how its ids begin. */
export const PAYOUT = { kind: 'Payout', idPrefix: 'payout' } as const;

/** What a payout can be paid in, beside the currencies that it is taken from. */
export const DESTINATION_CURRENCIES = ['USD', 'EUR', 'GBP', 'AED', 'SGD', 'AUD', 'INR'] as const;

export const PAYOUT_STATUSES = [
  'pending_approval',
  'queued',
  'in_progress',
  'action_required',
  'success',
  'failed',
  'cancelled',
] as const;

export type PayoutStatus = (typeof PAYOUT_STATUSES)[number];

/** Why a bank or a rail turns a payout down. */
export const RAIL_ERROR_CODES = [
  'PAYOUT_REJECTED',
  'INVALID_BENE_ACCOUNT_NUMBER',
  'INVALID_BENE_ACCOUNT_TYPE',
  'INVALID_BENE_IFSC',
  'INVALID_VPA',
  'INVALID_BENE_NAME',
  'INVALID_BENE_ADDRESS',
  'INVALID_BENE_EMAIL',
  'INVALID_BENE_CONTACT',
  'NAME_MISMATCH',
] as const;

export type RailErrorCode = (typeof RAIL_ERROR_CODES)[number];

export type PayoutErrorCode =
  RailErrorCode | 'QUOTE_EXPIRED' | 'QUEUE_EXPIRED' | 'INSUFFICIENT_BALANCE';

/** Money on its way to a beneficiary, as the gateway answers it. */
export interface Payout {
  readonly id: string;
  readonly status: PayoutStatus;
  readonly destination_amount: number;
  readonly destination_currency: string;
  /** All that is taken of the balance: the fees are in it (INFERRED). */
  readonly source_amount: number;
  readonly source_currency: string;
  readonly beneficiary_id: string;
  readonly documents: readonly PayoutDocument[];
  readonly purpose_code: string;
  /** INFERRED: known from the start, as are the fees. */
  readonly mid_market_rate: { readonly currency: string; readonly rate: number };
  readonly fees: Pick<Quote['fees'], 'fx_fee' | 'txn_fee'>;
  /** The bank's reference. */
  readonly utr: string | null;
  readonly request_id: string | null;
  readonly payment_rail: Rail;
  readonly invoice_number: string | null;
  readonly fee_collection_mode: 'merchant';
  readonly error_code: PayoutErrorCode | null;
  readonly error_description: string | null;
  readonly customer_error_description: string | null;
  readonly quote_id: string | null;
  /** None is here: how the tax of a repatriation is reckoned is not documented. */
  readonly taxes: readonly never[];
  readonly notes: Readonly<Record<string, string>> | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface PayoutDocument {
  readonly id: string;
  readonly type: 'invoice';
  readonly status: 'uploaded';
  readonly rfi_doc_id: null;
}

/** A payout, and what the API does not show of it. */
export interface PayoutRecord {
  readonly id: string;
  readonly created_at: string;
  readonly payout: Payout;
  /** Compliance reads an answer; it is `in_progress` and nothing is held for it yet. */
  readonly isUnderReview: boolean;
  /** The queue has released it on a local rail, which needs nobody to complete it. */
  readonly completesAlone: boolean;
  /** When it began to wait in the queue, in milliseconds since the Unix epoch. */
  readonly queuedAt: number | null;
}

/** Whether it may still be called off. */
export function isCancellable({ payout: { status }, isUnderReview }: PayoutRecord): boolean {
  if (status === 'in_progress') return isUnderReview;
  return status === 'pending_approval' || status === 'queued' || status === 'action_required';
}
