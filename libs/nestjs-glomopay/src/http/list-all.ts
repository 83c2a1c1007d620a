import { GlomopayResponseMalformedError } from '../errors/response-malformed.error.js';
import type { Page } from '../wire/page.js';

/**
 * Every item of a list, page after page, each page fetched when its first item is asked for.
 *
 * @throws {GlomopayResponseMalformedError} a page names itself or an earlier one as the next: the list
 *   would be read for ever, and what is behind that page cannot be reached.
 */
export async function* listAll<T>(
  fetchPage: (page: number) => Promise<Page<T>>,
  first: number,
): AsyncGenerator<T, void, undefined> {
  for (let page: number | null = first; page !== null;) {
    const { data, next }: Page<T> = await fetchPage(page);
    yield* data;
    if (next !== null && next <= page) {
      throw new GlomopayResponseMalformedError('page.page_meta.next', 'a later page, or null');
    }
    page = next;
  }
}
