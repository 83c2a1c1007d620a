import type { Beneficiary } from '../beneficiaries/beneficiary.js';
import type { Book } from '../books/book.js';
import type { Money } from '../money/money.js';
import type { Pool } from '../money/balances.js';
import type { QuoteRecord } from '../quotes/quote.js';
import type { ResourceKit } from '../resource-kit.js';
import { changed } from './payout-book.js';
import type { Payout, PayoutRecord } from './payout.js';

/** What payouts are moved with. */
export interface PayoutDesk extends Pick<ResourceKit, 'clock' | 'account' | 'balances' | 'rfis'> {
  readonly payouts: Book<PayoutRecord>;
  readonly beneficiaries: Book<Beneficiary>;
  readonly quotes: Book<QuoteRecord>;
}

/** Changes a payout, and what the API does not show of it. */
export function movePayout(
  { payouts, clock }: Pick<PayoutDesk, 'payouts' | 'clock'>,
  { id, payout }: PayoutRecord,
  change: Partial<Payout>,
  hidden: Partial<PayoutRecord> = {},
): PayoutRecord {
  payouts.move(id, { ...hidden, payout: changed(payout, change, clock) });
  return payouts.find(id);
}

/** What it takes of the balance, and of which. */
export function costOf({ payout }: Pick<PayoutRecord, 'payout'>): Money {
  return { amount: payout.source_amount, currency: payout.source_currency };
}

export function poolOf({ account }: Pick<PayoutDesk, 'account'>): Pool {
  return account.fundedBalance ? 'funded' : 'primary';
}

/** Whether the balance has what a payout takes. */
export function isCovered(record: PayoutRecord, desk: PayoutDesk): boolean {
  const { amount, currency } = costOf(record);
  return desk.balances.amountOf(currency, poolOf(desk)) >= amount;
}

/** Whether its quote has lapsed before the payout was submitted. */
export function hasLapsed({ payout }: PayoutRecord, { quotes, clock }: PayoutDesk): boolean {
  const quote = quotes.get(payout.quote_id ?? '')?.quote;
  return quote !== undefined && Date.parse(quote.expires_at) <= clock.now();
}
