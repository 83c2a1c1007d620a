import { GlomopayResponseMalformedError } from '../errors/response-malformed.error.js';
import { minorUnits as wholeNumber, nullable } from './readers.js';
import { WireObject } from './wire-object.js';

/** One page of a list, newest first. */
export interface Page<T> {
  readonly data: readonly T[];
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
 * Reads a page (docs/gateway.md, Lists and filters). The page numbers steer a loop, so they are
 * checked.
 */
export function decodePage<T>(body: unknown, decode: (item: unknown) => T): Page<T> {
  const page = new WireObject('page', body);
  const meta = page.read('page_meta', (value, path) => new WireObject(path, value));
  return {
    data: page
      .read('data', (value, path): readonly unknown[] => {
        if (Array.isArray(value)) return value;
        throw new GlomopayResponseMalformedError(path, 'a list');
      })
      .map((item) => decode(item)),
    current: meta.read('current', wholeNumber),
    previous: meta.read('previous', nullable(wholeNumber)),
    next: meta.read('next', nullable(wholeNumber)),
    perPage: meta.read('per_page', wholeNumber),
    pages: meta.read('pages', wholeNumber),
    count: meta.read('count', wholeNumber),
  };
}
