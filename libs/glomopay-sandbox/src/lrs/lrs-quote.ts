import type { Money } from '../money/money.js';

/** What the gateway calls it, and how its ids begin: as those of other quotes. */
export const LRS_QUOTE = { kind: 'Quote', idPrefix: 'quote' } as const;

/** A locked rate between rupees and dollars, with the tax on it, as the gateway answers it. */
export interface LrsQuote {
  readonly id: string;
  readonly from: Money;
  readonly to: Money;
  /** Rupees for a dollar, whichever way it goes. */
  readonly fx_rate: string;
  /** Null on a payout. */
  readonly bank_code: string | null;
  /** In paisa. */
  readonly total_tax: number;
  readonly expires_at: string;
  readonly created_at: string;
}

/** A quote, and what it was used for. */
export interface LrsQuoteRecord {
  readonly id: string;
  readonly created_at: string;
  readonly quote: LrsQuote;
  readonly usedBy: string | null;
}

/** The side of a quote in one of the two currencies. */
export function sideIn(currency: 'INR' | 'USD', { from, to }: LrsQuote): Money {
  return from.currency === currency ? from : to;
}
