import type { Book } from '../books/book.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Clock } from '../time/clock.js';
import type { Quote, QuoteRecord, QuoteResource } from './quote.js';

/** What quotes of every kind have. */
type Quoted = Pick<QuoteRecord, 'id' | 'created_at' | 'usedBy'>;

const OTHER_RESOURCE: Readonly<Record<QuoteResource, string>> = {
  payin: 'quote_id is not a payin quote',
  payout: 'Quote is not a payout quote',
};

/**
 * The quote that a create names.
 *
 * @throws {GatewayError} 400, in the gateway's words, when it cannot be used (any more).
 */
export function usableQuote(
  quotes: Book<QuoteRecord>,
  clock: Clock,
  { id, resource }: { readonly id: string; readonly resource: QuoteResource },
): Quote {
  const record = quotes.get(id);
  if (!record) throw GatewayError.badRequest('quote_id not found');
  const { quote, usedBy } = record;
  if (quote.resource !== resource) throw GatewayError.badRequest(OTHER_RESOURCE[resource]);
  if (usedBy !== null) throw GatewayError.badRequest('quote_id has already been used');
  if (Date.parse(quote.expires_at) <= clock.now()) {
    throw GatewayError.badRequest('quote_id has expired');
  }
  return quote;
}

/** Marks a quote used, when the object that it was for is there. */
export function useQuote(
  quotes: Pick<Book<Quoted>, 'move'>,
  quote: Pick<Quote, 'id'> | undefined,
  by: string,
): void {
  if (quote) quotes.move(quote.id, { usedBy: by });
}
