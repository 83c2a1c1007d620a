import type { Stored } from './book.js';
import type { PageWindow } from '../http/list-query.js';

/** One page of a list, as the gateway answers it. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly page_meta: PageMeta;
}

export interface PageMeta {
  readonly current: number;
  readonly previous: number | null;
  readonly next: number | null;
  readonly per_page: number;
  readonly pages: number;
  readonly count: number;
}

/** Cuts one page out of a list. `before` and `after` are inclusive. */
export function pageOf<T extends Stored>(newestFirst: readonly T[], window: PageWindow): Page<T> {
  const { page, perPage, before = Infinity, after = -Infinity } = window;
  const matching = newestFirst.filter((item) => {
    const created = Date.parse(item.created_at);
    return created <= before && created >= after;
  });
  const pages = Math.ceil(matching.length / perPage);
  return {
    data: matching.slice((page - 1) * perPage, page * perPage),
    page_meta: {
      current: page,
      previous: page > 1 ? page - 1 : null,
      next: page < pages ? page + 1 : null,
      per_page: perPage,
      pages,
      count: matching.length,
    },
  };
}
