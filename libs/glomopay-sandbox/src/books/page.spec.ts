import { describe, expect, it } from '@jest/globals';
import { badRequest, useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';

const clock = new ManualClock();
const client = useSandbox({ clock });

/** Five orders, an hour apart; ids newest first. */
async function fiveOrders(): Promise<string[]> {
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    ids.unshift(await client().order());
    clock.advance(3_600_000);
  }
  return ids;
}

const list = (query: string) => client().get(`/api/v1/orders?${query}`);

describe('lists', () => {
  it('come newest first, in pages', async () => {
    const ids = await fiveOrders();
    expect((await list('per_page=2&page=2')).json).toMatchObject({
      data: [{ id: ids[2] }, { id: ids[3] }],
      page_meta: { current: 2, previous: 1, next: 3, per_page: 2, pages: 3, count: 5 },
    });
    expect((await list('per_page=2&page=3')).json).toMatchObject({
      data: [{ id: ids[4] }],
      page_meta: { next: null },
    });
  });

  it('answer no match and a page past the end with no data', async () => {
    expect((await list('')).json).toEqual({
      data: [],
      page_meta: { current: 1, previous: null, next: null, per_page: 20, pages: 0, count: 0 },
    });
    await fiveOrders();
    expect((await list('page=9')).json).toMatchObject({ data: [], page_meta: { next: null } });
  });

  it('clamp per_page to 100 instead of refusing it', async () => {
    const answer = await list('per_page=5000');
    expect([answer.status, answer.json]).toMatchObject([200, { page_meta: { per_page: 100 } }]);
  });

  it('include objects created exactly at before and after', async () => {
    const start = clock.now();
    const ids = await fiveOrders();
    const at = (hours: number) => new Date(start + hours * 3_600_000).toISOString();
    expect((await list(`after=${at(1)}&before=${at(2)}`)).json).toMatchObject({
      data: [{ id: ids[2] }, { id: ids[3] }],
      page_meta: { count: 2 },
    });
  });

  it('have the whole of a day that is named without a time', async () => {
    const id = await client().order();
    const day = (days: number) =>
      new Date(clock.now() + days * 86_400_000).toISOString().slice(0, 10);
    for (const query of [
      `before=${day(0)}`,
      `after=${day(0)}`,
      `before=${day(0)}&after=${day(0)}`,
    ]) {
      expect((await list(query)).json).toMatchObject({ data: [{ id }] });
    }
    for (const query of [`before=${day(-1)}`, `after=${day(1)}`]) {
      expect((await list(query)).json).toMatchObject({ data: [] });
    }
  });

  it.each(['page=0', 'page=x', 'per_page=0', 'per_page=1.5', 'page=-1', 'before=', 'after=soon'])(
    'refuse ?%s',
    async (query) => {
      expect((await list(query)).status).toBe(400);
    },
  );

  it('name the bad filter and never its value', async () => {
    const answer = await list('before=4111111111111111');
    expect(answer.json).toEqual(badRequest('Validation failed: Before is invalid'));
  });
});
