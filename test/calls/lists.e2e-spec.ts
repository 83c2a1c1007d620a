import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OrderFilterDto, type OrderFilterInput } from 'nestjs-glomopay';
import { anOrderBody, aPageBody } from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder, type Reply } from '../support/library/recorder.js';

let gateway: Recorder;
let library: OpenLibrary;

beforeAll(async () => {
  gateway = await Recorder.start();
});
beforeEach(async () => {
  gateway.reset();
  gateway.always(page(1, null));
  library = await openLibrary(gateway.url);
});
afterEach(() => library.close());
afterAll(() => gateway.stop());

const page = (current: number, next: number | null): Reply => ({
  body: aPageBody([anOrderBody({ id: `order_${current}` })], { current, next, pages: 2, count: 2 }),
});

async function idsOf(filter?: OrderFilterInput): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of library.orders.listAll(filter)) ids.push(id);
  return ids;
}

/** Everything that was asked for, by its query. */
const queries = (): readonly object[] =>
  gateway.requests.map(({ path }) =>
    Object.fromEntries(new URL(path, 'http://x').searchParams.entries()),
  );

describe('listAll', () => {
  it('takes whatever filter list takes: a class of the host with members of its own', async () => {
    class Query extends OrderFilterDto {
      sortedBy = 'name';
    }
    const filter = Object.assign(new Query(), { status: 'active' as const });
    await expect(library.orders.list(filter)).resolves.toMatchObject({ data: [{ id: 'order_1' }] });
    await expect(idsOf(filter)).resolves.toEqual(['order_1']);
    expect(queries()).toEqual([{ status: 'active' }, { status: 'active', page: '1' }]);
  });

  it('begins with the first page where none is named, be it undefined or null', async () => {
    const nulled: object = { page: null };
    for (const filter of [undefined, {}, { page: undefined }, nulled]) {
      await expect(idsOf(filter)).resolves.toEqual(['order_1']);
    }
    expect(queries()).toEqual([{ page: '1' }, { page: '1' }, { page: '1' }, { page: '1' }]);
  });

  it('begins with the page that is named', async () => {
    gateway.next(page(2, null));
    await expect(idsOf({ page: 2 })).resolves.toEqual(['order_2']);
    expect(queries()).toEqual([{ page: '2' }]);
  });

  it('lists to the end what it was asked for, though the filter has changed since', async () => {
    gateway.next(page(1, 2), page(2, null));
    const filter: { status: 'active' | 'paid' } = { status: 'active' };
    for await (const { id } of library.orders.listAll(filter)) {
      filter.status = 'paid';
      expect(id).toMatch(/^order_[12]$/);
    }
    expect(queries()).toEqual([
      { status: 'active', page: '1' },
      { status: 'active', page: '2' },
    ]);
  });

  it('asks for no page that nobody wants', async () => {
    gateway.next(page(1, 2));
    const orders = library.orders.listAll();
    expect(gateway.requests).toEqual([]);
    await expect(orders.next()).resolves.toMatchObject({ value: { id: 'order_1' } });
    await expect(orders.return(undefined)).resolves.toMatchObject({ done: true });
    expect(gateway.requests).toHaveLength(1);
  });

  it('sends nothing for a filter that breaks a rule', async () => {
    const filter: object = { status: 'expired' };
    const failure = await failureOf(idsOf(filter));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
      violations: [{ path: 'status' }],
    });
    expect(gateway.requests).toEqual([]);
  });

  it('ends between two pages when the caller says so', async () => {
    gateway.next(page(1, 2));
    const leaving = new AbortController();
    const orders = library.orders.listAll({}, { signal: leaving.signal });
    await orders.next();
    leaving.abort();
    expect(await failureOf(orders.next())).toMatchObject({ code: 'GLOMOPAY_ABORTED' });
    expect(gateway.requests).toHaveLength(1);
  });
});
