import { Book } from '../books/book.js';
import { NO_FILTERS } from '../books/read-routes.js';
import { Resource } from '../books/resource.js';
import { jsonFields } from '../http/request-body.js';
import type { ResourceKit } from '../resource-kit.js';
import { openPrice } from './price-book.js';
import { PRICE } from './price.js';
import type { Price } from './price.js';
import { readNewPrice } from './read-price.js';

/** `/api/v1/prices`: create, list, get. */
export function priceResource({ clock }: ResourceKit): Resource<Price, Price> {
  const book = new Book<Price>(PRICE, clock);
  return new Resource<Price, Price>({
    book,
    shown: (price) => price,
    paths: ['/prices'],
    filters: NO_FILTERS,
    calls: (api, path) => {
      api.post(path, (request, reply) => {
        const price = readNewPrice(jsonFields(request), clock);
        reply.code(201);
        return openPrice(book, price, clock);
      });
    },
    summary: (price) => price,
  });
}
