import type { Page } from '../wire/page.js';

/** Every item of a list, page after page, each page fetched when its first item is asked for. */
export async function* listAll<T>(
  fetchPage: (page: number) => Promise<Page<T>>,
  first = 1,
): AsyncGenerator<T, void, undefined> {
  for (let page: number | null = first; page !== null;) {
    const { data, next }: Page<T> = await fetchPage(page);
    yield* data;
    // A page that names itself or an earlier one as the next would be read for ever.
    page = next !== null && next > page ? next : null;
  }
}
