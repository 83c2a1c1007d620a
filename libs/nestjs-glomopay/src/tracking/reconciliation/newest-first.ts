import { GlomopayResponseMalformedError } from '../../errors/response-malformed.error.js';
import { LARGEST_PAGE, type ListFilterInput } from '../../wire/list-filter.js';
import type { Page, UnreadableItem } from '../../wire/page.js';
import { RecentIds } from './recent-ids.js';

/** A list of the gateway, and what it is ordered by. */
export interface DatedList<T> {
  list(filter: ListFilterInput): Promise<Page<T>>;
  idOf(item: T): string;
  createdAt(item: T): Date | undefined;
}

/** The next part of a list. */
export interface ListedPart<T> {
  /** What no part before had. */
  readonly items: readonly T[];
  readonly unreadable: readonly UnreadableItem[];
  /**
   * The parts so far hold everything that was made from this moment on; undefined while the gateway does
   * not show in which order its list is.
   */
  readonly reaches: Date | undefined;
  readonly isLast: boolean;
}

const SECOND_MS = 1_000;
/** Pages in a row on which nothing is new; the gateway goes round in a circle then. */
const MOST_FRUITLESS = 3;
const REMEMBERED = 5_000;

/**
 * All that a list has of a part of time, from the newest backwards. Each request asks for what is older
 * than the last answer, so that what is made meanwhile moves nothing to another page. Within one second,
 * and where the list is not in order, it goes on by page numbers.
 *
 * Times of the gateway are shown in whole seconds or milliseconds: it is asked for the seconds around.
 *
 * @throws {GlomopayResponseMalformedError} the list has a gap, ends early, or has no end.
 */
export async function* newestFirst<T>(
  source: DatedList<T>,
  { from, to }: { readonly from: Date; readonly to: Date },
): AsyncGenerator<ListedPart<T>, void, undefined> {
  const after = new Date(secondOf(from));
  const seen = new RecentIds(REMEMBERED);
  let before = secondOf(to) + SECOND_MS;
  let page = 1;
  let isOrdered = true;
  let reaches: Date | undefined = to;
  let fruitless = 0;
  for (;;) {
    const filter = {
      before: new Date(before).toISOString(),
      after: after.toISOString(),
      page,
      perPage: LARGEST_PAGE,
    };
    const listed = await source.list(filter);
    const items = listed.data.filter((item) => !seen.has(source.idOf(item)));
    for (const item of items) seen.add(source.idOf(item));
    const times = listed.data.map((item) => source.createdAt(item));
    const oldest = times.at(-1);
    isOrdered &&= isInOrder(times, before + SECOND_MS);
    if (!isOrdered) reaches = undefined;
    else if (oldest !== undefined) reaches = oldest;
    const isLast = isWhole(listed, page) || (isOrdered && isBefore(oldest, after));
    yield { items, unreadable: listed.unreadable, reaches, isLast };
    if (isLast) return;
    fruitless = items.length === 0 ? fruitless + 1 : 0;
    if (fruitless === MOST_FRUITLESS) throw malformed('next', 'a page with something new');
    const earlier = oldest === undefined ? before : secondOf(oldest) + SECOND_MS;
    if (isOrdered && earlier < before) [before, page] = [earlier, 1];
    else page += 1;
  }
}

/** Whether a page is the last one; a list that stops short could hide something. */
function isWhole<T>({ next, count, perPage, data, unreadable }: Page<T>, page: number): boolean {
  if (next !== null) {
    if (next !== page + 1) throw malformed('next', 'the page after this one');
    return false;
  }
  if ((page - 1) * perPage + data.length + unreadable.length < count) {
    throw malformed('count', 'the number of items that were listed');
  }
  return true;
}

function isInOrder(times: readonly (Date | undefined)[], latest: number): boolean {
  let last = latest;
  for (const time of times) {
    if (time === undefined || time.getTime() > last) return false;
    last = time.getTime();
  }
  return true;
}

function isBefore(oldest: Date | undefined, after: Date): boolean {
  return oldest !== undefined && oldest < after;
}

function secondOf(date: Date): number {
  return Math.floor(date.getTime() / SECOND_MS) * SECOND_MS;
}

function malformed(member: string, expected: string): GlomopayResponseMalformedError {
  return new GlomopayResponseMalformedError(`page.page_meta.${member}`, expected);
}
