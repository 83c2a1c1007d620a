import type { Money } from '../money/money.js';
import type { Rail } from './rail.js';

/** What the gateway calls it, and how its ids begin. */
export const QUOTE = { kind: 'Quote', idPrefix: 'quote' } as const;

/** A locked rate with what it makes of an amount, as the gateway answers it. */
export interface Quote {
  readonly id: string;
  readonly resource: QuoteResource;
  readonly expires_at: string;
  readonly method: QuoteMethod;
  readonly source_currency: string;
  readonly destination_currency: string;
  readonly fx_rate: number;
  readonly source_amount: number;
  readonly destination_amount: number;
  readonly fees: QuoteFees;
}

export const QUOTE_RESOURCES = ['payin', 'payout'] as const;

export type QuoteResource = (typeof QUOTE_RESOURCES)[number];

export interface QuoteMethod {
  readonly payment_method: QuotedMethod;
  readonly subtype: QuoteSubtype;
  /** Null on a payin. */
  readonly payment_rail: Rail | null;
}

export const QUOTED_METHODS = ['bank_transfer', 'pay_via_bank'] as const;

export type QuotedMethod = (typeof QUOTED_METHODS)[number];

export const QUOTE_SUBTYPES = ['local_transfer', 'swift_transfer'] as const;

export type QuoteSubtype = (typeof QUOTE_SUBTYPES)[number];

export interface QuoteFees {
  readonly txn_fee: Money;
  readonly fx_fee: Money;
  /** Where a price applies. */
  readonly referral_fee?: Money;
}

/** A quote, and what it was used for. */
export interface QuoteRecord {
  readonly id: string;
  readonly created_at: string;
  readonly quote: Quote;
  /** The order, payment link or payout. */
  readonly usedBy: string | null;
}
