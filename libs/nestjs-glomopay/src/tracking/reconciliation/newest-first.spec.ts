import { describe, expect, it } from '@jest/globals';
import { pageOfThings } from '../../../test/reconciled-book.js';
import type { ListFilterInput } from '../../wire/list-filter.js';
import type { Page } from '../../wire/page.js';
import { newestFirst } from './newest-first.js';

interface Item {
  readonly id: string;
  readonly at: number;
}

const SECOND = 1_000;
const START = Date.UTC(2026, 2, 29);
const window = { from: new Date(START), to: new Date(START + 3_600 * SECOND) };

const made = (count: number, at: (index: number) => number): Item[] =>
  Array.from({ length: count }, (_, index) => ({ id: `payt_${index}`, at: START + at(index) }));

async function read(list: (filter: ListFilterInput, call: number) => Page<Item>) {
  const found: string[] = [];
  const reaches: (number | undefined)[] = [];
  let calls = 0;
  const source = {
    list: async (filter: ListFilterInput) => list(filter, (calls += 1)),
    idOf: ({ id }: Item) => id,
    createdAt: ({ at }: Item) => (Number.isNaN(at) ? undefined : new Date(at)),
  };
  for await (const part of newestFirst(source, window)) {
    found.push(...part.items.map(({ id }) => id));
    reaches.push(part.reaches?.getTime());
  }
  return { found, reaches, calls };
}

const ids = (items: readonly Item[]) => items.map(({ id }) => id).toSorted();

describe('newestFirst', () => {
  it('reads every item once, a request for about a hundred', async () => {
    const items = made(1_000, (index) => index * 3 * SECOND);
    const { found, calls, reaches } = await read((filter) => pageOfThings(items, filter));
    expect(found.toSorted()).toEqual(ids(items));
    expect(calls).toBeLessThan(13);
    expect(reaches).toEqual(reaches.toSorted((one, other) => Number(other) - Number(one)));
  });

  it('reads more of one second than a page holds', async () => {
    const items = made(450, (index) => (index < 350 ? 7 * SECOND : index * SECOND));
    const { found } = await read((filter) => pageOfThings(items, filter));
    expect(found.toSorted()).toEqual(ids(items));
  });

  it('misses nothing whose time is shown cut off', async () => {
    const exact = made(400, (index) => index * 333);
    const shown = (item: Item) => ({ ...item, at: Math.floor(item.at / SECOND) * SECOND });
    const list = (filter: ListFilterInput) => {
      const page = pageOfThings(exact, filter);
      return { ...page, data: page.data.map(shown) };
    };
    expect((await read(list)).found.toSorted()).toEqual(ids(exact));
  });

  it('misses nothing while new ones are made', async () => {
    const items = made(300, (index) => index * SECOND);
    const late: Item[] = [];
    const { found } = await read((filter, call) => {
      for (let index = 0; index < 30; index += 1) {
        late.push({ id: `late_${call}_${index}`, at: window.to.getTime() + call });
      }
      return pageOfThings([...items, ...late], filter);
    });
    expect(found.filter((id) => id.startsWith('payt_')).toSorted()).toEqual(ids(items));
  });

  it.each([
    ['is in no order', (items: Item[]) => items],
    ['says no times', (items: Item[]) => items.map((item) => ({ ...item, at: Number.NaN }))],
  ])('goes by page numbers where the list %s', async (_, spoil) => {
    const items = made(250, (index) => index * SECOND);
    const spoilt = spoil(items);
    const list = ({ page = 1 }: ListFilterInput) => {
      const whole = { before: '2099-01-01T00:00:00Z', after: '1970-01-01T00:00:00Z' };
      const data = spoilt.slice((page - 1) * 100, page * 100);
      return { ...pageOfThings(items, { ...whole, page, perPage: 100 }), data };
    };
    const { found, reaches } = await read(list);
    expect(found.toSorted()).toEqual(ids(items));
    expect(reaches).toEqual([undefined, undefined, undefined]);
  });

  it('reads a list that is not filtered to the end of what was asked for', async () => {
    const items = made(900, (index) => (index - 300) * 12 * SECOND);
    const { found } = await read(({ page = 1 }) =>
      pageOfThings(items, { before: '2099-01-01T00:00:00Z', after: '1970-01-01T00:00:00Z', page }),
    );
    const within = items.filter(({ at }) => at >= START && at < window.to.getTime());
    expect(within.every(({ id }) => found.includes(id))).toBe(true);
  });

  it.each([
    [
      'repeats a page for ever',
      (page: Page<Item>) => ({ ...page, next: page.current + 1 }),
      'next is not a page with something new',
    ],
    [
      'leaves a page out',
      (page: Page<Item>) => ({ ...page, next: page.next && page.next + 1 }),
      'next is not the page after this one',
    ],
    [
      'names the same page again',
      (page: Page<Item>) => ({ ...page, next: page.current }),
      'next is not the page after this one',
    ],
    [
      'ends early',
      (page: Page<Item>) => ({ ...page, next: null }),
      'count is not the number of items that were listed',
    ],
  ])('believes no list that %s', async (_, spoil, fault) => {
    const items = made(250, () => 5 * SECOND);
    const first = { before: '2099-01-01T00:00:00Z', after: '1970-01-01T00:00:00Z', perPage: 100 };
    await expect(
      read((filter, call) => {
        const page = call === 1 ? 1 : Math.min(filter.page ?? 1, 2);
        return spoil({ ...pageOfThings(items, { ...first, page }), current: filter.page ?? 1 });
      }),
    ).rejects.toThrow(fault);
  });
});
