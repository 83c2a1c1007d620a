import { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import { Fields } from '../http/fields.js';
import { jsonFields } from '../http/request-body.js';
import type { ResourceKit } from '../resource-kit.js';
import { assertLrs, LRS_BANKS } from './banks.js';
import { LRS_QUOTE } from './lrs-quote.js';
import type { LrsQuote, LrsQuoteRecord } from './lrs-quote.js';
import { newLrsQuote } from './new-lrs-quote.js';
import { readLrsQuoteRequest } from './read-lrs-quote.js';

/** `/api/v1/lrs`: the banks, and quotes, which can be neither listed nor fetched. */
export function lrsQuoteResource(kit: ResourceKit): Resource<LrsQuoteRecord, LrsQuote> {
  const { clock, account } = kit;
  const book = new Book<LrsQuoteRecord>(LRS_QUOTE, clock);
  return new Resource<LrsQuoteRecord, LrsQuote>({
    book,
    shown: ({ quote }) => quote,
    paths: ['/lrs'],
    filters: 'none',
    calls: (api, path) => {
      api.get(`${path}/banks`, (request) => {
        assertLrs(account);
        Fields.ofQuery(request).finish();
        // INFERRED: those that are enabled.
        return account.lrs.banks.map((code) => ({
          bank_code: code,
          bank_name: LRS_BANKS.get(code),
        }));
      });
      api.post(`${path}/quotes`, (request, reply) => {
        assertLrs(account);
        const made = newLrsQuote(readLrsQuoteRequest(jsonFields(request), account), kit);
        reply.code(201);
        return book.open(made).quote;
      });
    },
    summary: ({ quote: { id, from, to, expires_at }, usedBy, created_at }) => ({
      id,
      from,
      to,
      expires_at,
      used_by: usedBy,
      created_at,
    }),
  });
}
