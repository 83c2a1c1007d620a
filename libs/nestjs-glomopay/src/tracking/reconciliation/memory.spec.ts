/**
 * Counts what is left in memory, so that nothing may be left there by other files.
 *
 * @jest-environment node
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { aBookOf, aThing, comparing } from '../../../test/reconciled-book.js';
import { aPaymentRecord } from '../../../test/tracked-payments.js';
import type { ListFilterInput } from '../../wire/list-filter.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import type { RecordWindow, TrackingStore } from '../store/tracking-store.js';

const MANY = 100_000;
const START = Date.UTC(2026, 2, 29);
const EVERY_MS = 500;
const from = new Date(START);
const to = new Date(START + MANY * EVERY_MS);
const MOST_MB = 6;

const timeOf = (index: number): number => START + index * EVERY_MS;
const indexAt = (ms: number): number => Math.ceil((ms - START) / EVERY_MS);
const text = (index: number): string => String(index).padStart(6, '0');

/** A hundred thousand payments that exist only while somebody looks at them. */
function manyThings({ before = '', page = 1 }: ListFilterInput) {
  const newest = Math.min(MANY - 1, Math.floor((Date.parse(before) - START) / EVERY_MS));
  const first = newest - (page - 1) * 100;
  const size = Math.max(0, Math.min(100, first + 1));
  const data = Array.from({ length: size }, (_, index) =>
    aThing({ id: `payt_${text(first - index)}`, at: timeOf(first - index) }),
  );
  const count = newest + 1;
  const next = first - size >= 0 ? page + 1 : null;
  const pages = Math.ceil(count / 100);
  return { data, unreadable: [], current: page, previous: null, next, perPage: 100, pages, count };
}

/** Every seventh is still open here. */
function manyRecords({ from: start, to: end, after, limit }: RecordWindow): TrackedRecord[] {
  const first =
    after === undefined ? indexAt(start.getTime()) : indexAt(after.createdAt.getTime()) + 1;
  const size = Math.max(0, Math.min(limit, indexAt(end.getTime()) - first, MANY - first));
  return Array.from({ length: size }, (_, index) =>
    aPaymentRecord({
      requestId: `request-${text(first + index)}`,
      objectId: `payt_${text(first + index)}`,
      state: (first + index) % 7 === 0 ? 'attempted' : 'succeeded',
      createdAt: new Date(timeOf(first + index)),
    }),
  );
}

describe('a comparison of very many', () => {
  it('holds a few pages in memory, however many there are', async () => {
    setFlagsFromString('--expose-gc');
    const gc: () => void = runInNewContext('gc');
    const heap = () => {
      gc();
      return process.memoryUsage().heapUsed / 1_048_576;
    };
    const { book } = aBookOf(manyThings);
    // A mock remembers every call.
    const list = async (filter: ListFilterInput) => manyThings(filter);
    const gets: string[] = [];
    const get = async (id: string) => {
      gets.push(id);
      return undefined;
    };
    const store = {
      within: async (_account: string, window: RecordWindow) => manyRecords(window),
      findByObject: async () => undefined,
      findBySubject: async () => [],
    } as unknown as TrackingStore;
    const options = { from, to, repair: false };
    const { findings, tally } = comparing({ ...book, list, get }, store, options);
    const sizes: number[] = [];
    let found = 0;
    for await (const { kind } of findings) {
      expect(kind).toBe('status');
      found += 1;
      if (found % 2_000 === 100) sizes.push(heap());
    }
    expect(found).toBe(Math.ceil(MANY / 7));
    expect(tally.summary()).toMatchObject({ compared: MANY, equal: MANY - found });
    expect(gets).toEqual([]);
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(MOST_MB);
  });
});
