import { GlomopayResponseMalformedError } from '../errors/response-malformed.error.js';
import { everyItem, type Page } from '../wire/page.js';
import { listAll } from './list-all.js';

/**
 * Every item of a list, each once, newest first: for a search that must not overlook one. What is made
 * meanwhile pushes others to the next page, so one may be seen twice; none is missed.
 *
 * @throws {GlomopayResponseMalformedError} an item could not be read, or the list has a gap or stops short.
 */
export async function everyListed<T extends { readonly id: string }>(
  fetchPage: (page: number) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const found = new Map<string, T>();
  const wholePage = async (page: number): Promise<Page<T>> => {
    const listed = await fetchPage(page);
    return { ...listed, data: everyItem(withoutGap(listed, page)) };
  };
  for await (const item of listAll(wholePage, 1)) found.set(item.id, item);
  return [...found.values()];
}

/** A page after which the list goes on, or is over. Where it stops short, something could be overlooked. */
function withoutGap<T>(listed: Page<T>, page: number): Page<T> {
  const { next, pages } = listed;
  if (next === null ? pages <= page : next === page + 1 && next <= pages) return listed;
  throw new GlomopayResponseMalformedError('page.page_meta.next', 'the page after this one');
}
