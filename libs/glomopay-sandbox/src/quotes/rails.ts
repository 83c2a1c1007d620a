import type { Money } from '../money/money.js';
import type { QuoteSubtype } from './quote.js';
import type { Rail } from './rail.js';

/** The local rails of a currency; others have none. */
const LOCAL_RAILS: ReadonlyMap<string, readonly Rail[]> = new Map([
  ['INR', ['upi', 'imps', 'neft', 'rtgs']],
  ['AED', ['ipp', 'fts']],
  ['EUR', ['sepa']],
  ['GBP', ['fps']],
  ['AUD', ['npp']],
]);

/** The only limit that is documented, in minor units; the others have none here. */
const IPP_LIMIT = 5_000_000;

/** The rails by which an amount can go. Empty for a currency without such rails. */
export function railsFor(subtype: QuoteSubtype, { amount, currency }: Money): readonly Rail[] {
  if (subtype === 'swift_transfer') return ['swift'];
  const rails = LOCAL_RAILS.get(currency) ?? [];
  return rails.filter((rail) => rail !== 'ipp' || amount <= IPP_LIMIT);
}

/** Whether a rail goes to a currency; swift goes anywhere. */
export function goesTo(rail: Rail, currency: string): boolean {
  return rail === 'swift' || (LOCAL_RAILS.get(currency) ?? []).includes(rail);
}

export function hasLocalRails(currency: string): boolean {
  return LOCAL_RAILS.has(currency);
}
