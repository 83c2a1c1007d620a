import { GlomopayResponseMalformedError } from '../errors/response-malformed.error.js';
import { isObject } from '../values/is-object.js';
import { listOf, minorUnits as wholeNumber, nullable } from './readers.js';
import { WireObject } from './wire-object.js';

/** An item of a page that is not in the documented shape. */
export interface UnreadableItem {
  /** What is wrong with it; its `path` names the member. */
  readonly fault: GlomopayResponseMalformedError;
  /** The item as the gateway sent it. */
  readonly raw: unknown;
}

/** One page of a list, newest first. */
export interface Page<T> {
  readonly data: readonly T[];
  /** Items that could not be read and are missing in `data`; nearly always none. */
  readonly unreadable: readonly UnreadableItem[];
  /** Number of this page, from 1. */
  readonly current: number;
  readonly previous: number | null;
  /** Number of the next page, or null on the last. */
  readonly next: number | null;
  /** Page size in force; the gateway clamps what was asked for to 100. */
  readonly perPage: number;
  /** Total number of pages. */
  readonly pages: number;
  /** Total number of items. */
  readonly count: number;
}

/**
 * Reads a page (docs/gateway.md, Lists and filters). The page numbers steer a loop, so they are checked. One item
 * that cannot be read does not hide the others.
 */
export function decodePage<T>(body: unknown, decode: (item: unknown) => T): Page<T> {
  const page = new WireObject('page', body);
  const meta = page.read('page_meta', (value, path) => new WireObject(path, value));
  const data: T[] = [];
  const unreadable: UnreadableItem[] = [];
  for (const item of page.read('data', items)) {
    try {
      data.push(decode(item));
    } catch (thrown) {
      if (!(thrown instanceof GlomopayResponseMalformedError)) throw thrown;
      unreadable.push({ fault: thrown, raw: item });
    }
  }
  return {
    data,
    unreadable,
    current: meta.read('current', wholeNumber),
    previous: meta.read('previous', nullableNumber),
    next: meta.read('next', nullableNumber),
    perPage: meta.read('per_page', wholeNumber),
    pages: meta.read('pages', wholeNumber),
    count: meta.read('count', wholeNumber),
  };
}

/**
 * Reads a list of which no document shows what is around the items: a page, or else all of them at once,
 * with `data` around them or without.
 */
export function decodeInferredPage<T>(body: unknown, decode: (item: unknown) => T): Page<T> {
  const whole = Array.isArray(body) ? { data: body } : body;
  if (!isObject(whole) || whole['page_meta'] !== undefined) return decodePage(whole, decode);
  const count = Array.isArray(whole['data']) ? whole['data'].length : 0;
  const page_meta = { current: 1, previous: null, next: null, per_page: count, pages: 1, count };
  return decodePage({ ...whole, page_meta }, decode);
}

const nullableNumber = nullable(wholeNumber);

const items = listOf((item) => item);

/**
 * The items of a page for a search that must not overlook one: what cannot be read may be the very
 * object.
 *
 * @throws {GlomopayResponseMalformedError} an item could not be read.
 */
export function everyItem<T>({ data, unreadable }: Page<T>): readonly T[] {
  const [odd] = unreadable;
  if (odd !== undefined) throw odd.fault;
  return data;
}

/**
 * What is searched for among the items of a page. Where it is not there and further pages are, the
 * gateway has not filtered by what it was asked for, and nobody has looked at all of it.
 *
 * @throws {GlomopayResponseMalformedError} an item could not be read, or it may be on another page.
 */
export function sought<T>(page: Page<T>, isIt: (item: T) => boolean): readonly T[] {
  const found = everyItem(page).filter(isIt);
  if (found.length > 0 || page.next === null) return found;
  throw new GlomopayResponseMalformedError(
    'page.page_meta.next',
    'null where one object is asked for',
  );
}
