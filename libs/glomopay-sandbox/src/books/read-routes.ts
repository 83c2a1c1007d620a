import type { FastifyInstance } from 'fastify';
import { ListQuery } from '../http/list-query.js';
import type { Book, Stored } from './book.js';
import { pageOf } from './page.js';

/** The query parameters of a list, paging aside. */
export interface ListFilters<Row> {
  readonly names: readonly string[];
  /** Reads those that were given; each must match. */
  readonly read: (query: ListQuery) => (row: Row) => boolean;
}

/** Of a list that knows paging alone. */
export const NO_FILTERS: ListFilters<unknown> = { names: [], read: () => () => true };

/** What reading a resource takes. */
export interface Readable<Row extends Stored> {
  readonly book: Book<Row>;
  readonly shown: (row: Row) => object;
  readonly filters: ListFilters<Row>;
  readonly hasGet?: boolean;
}

/** List, which every resource has, and get, which nearly every one has. */
export function readRoutes<Row extends Stored>(
  api: FastifyInstance,
  path: string,
  { book, shown, filters, hasGet = true }: Readable<Row>,
): void {
  api.get(path, (request) => {
    const query = new ListQuery(request, filters.names);
    const page = pageOf(book.list().filter(filters.read(query)), query.window());
    return { ...page, data: page.data.map(shown) };
  });

  if (!hasGet) return;
  api.get<{ Params: { id: string } }>(`${path}/:id`, (request) =>
    shown(book.find(request.params.id)),
  );
}
