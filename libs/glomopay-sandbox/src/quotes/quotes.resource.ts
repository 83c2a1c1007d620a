import { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import { jsonFields } from '../http/request-body.js';
import { defaultPrice } from '../prices/price-book.js';
import type { Price } from '../prices/price.js';
import type { ResourceKit } from '../resource-kit.js';
import { newQuotes } from './new-quotes.js';
import { QUOTE } from './quote.js';
import type { Quote, QuoteRecord } from './quote.js';
import { readQuoteRequest } from './read-quote.js';

/** `/api/v1/quotes`: create, and nothing else. */
export function quoteResource(
  { clock, rates, account }: ResourceKit,
  prices: Book<Price>,
): Resource<QuoteRecord, Quote> {
  const book = new Book<QuoteRecord>(QUOTE, clock);
  return new Resource<QuoteRecord, Quote>({
    book,
    shown: ({ quote }) => quote,
    paths: ['/quotes'],
    filters: 'none',
    calls: (api, path) => {
      api.post(path, (request, reply) => {
        const market = { clock, rates, price: defaultPrice(prices) };
        const made = newQuotes(readQuoteRequest(jsonFields(request), account), market);
        // INFERRED status.
        reply.code(201);
        return { quotes: made.map((record) => book.open(record).quote) };
      });
    },
    summary: ({ quote: { id, resource, expires_at }, usedBy, created_at }) => ({
      id,
      resource,
      expires_at,
      used_by: usedBy,
      created_at,
    }),
  });
}
