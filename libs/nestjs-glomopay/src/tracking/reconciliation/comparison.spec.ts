import { describe, expect, it } from '@jest/globals';
import {
  aBookOf,
  all,
  aThing,
  comparing,
  pageOfThings,
  sightingOf,
  type Thing,
} from '../../../test/reconciled-book.js';
import { MemoryTrackingStore } from '../store/memory/memory-tracking-store.js';
import type { TrackedChange, TrackedIntent } from '../store/tracked-record.js';

const START = Date.UTC(2026, 2, 29);
const SECOND = 1_000;
const from = new Date(START);
const to = new Date(START + 86_400 * SECOND);

/** A store whose time stands still until a record is written. */
class Shop {
  now = START;
  readonly store = new MemoryTrackingStore({ date: () => this.now });
  readonly things: Thing[] = [];

  /** A record at a moment, as a settlement has left it. */
  async record(at: number, intent: Partial<TrackedIntent>, change?: TrackedChange): Promise<void> {
    this.now = at;
    const { record } = await this.store.insert(
      {
        account: 'default',
        kind: 'payment',
        requestId: `request ${at}`,
        reference: 'ref',
        subjectId: 'order',
        exclusive: false,
        amount: 1_000,
        currency: 'USD',
        ...intent,
      },
      0,
    );
    if (change === undefined) return;
    const effect = async () => undefined;
    await this.store.settle(record, { decide: () => change, effect, nextCheckMs: 0 });
  }

  /** A record and its object, made a moment later by the gateway's clock. */
  async pair(index: number, madeAfterMs: number): Promise<void> {
    const id = `payt_${index}`;
    const at = START + index * 20 * SECOND;
    this.things.push(aThing({ id, at: at + madeAfterMs, subjectId: `order ${index}` }));
    await this.record(
      at,
      { requestId: `request ${index}`, subjectId: `order ${index}` },
      { objectId: id, state: 'succeeded', gatewayStatus: 'success' },
    );
  }

  book() {
    return aBookOf((filter) => pageOfThings(this.things, filter));
  }
}

describe('Comparison', () => {
  it.each([
    ['at once', 0, 0],
    ['after a while', 90 * SECOND, 0],
    ['in another part of time', 3_600 * SECOND, 500],
    ['before it, by a clock that is slow', -45 * SECOND, 0],
    ['before it, by a clock that is wrong', -7_200 * SECOND, 500],
  ])('finds nothing where objects are made %s of their records', async (_, madeAfterMs, most) => {
    const shop = new Shop();
    for (let index = 400; index < 900; index += 1) await shop.pair(index, madeAfterMs);
    const { book, get, list } = shop.book();
    get.mockImplementation(async (id) => shop.things.find((thing) => thing.id === id));
    const { findings, tally } = comparing(book, shop.store, { from, to });
    expect(await all(findings)).toEqual([]);
    expect(tally.summary()).toMatchObject({ compared: 500, equal: 500 });
    expect(get.mock.calls.length).toBeLessThanOrEqual(most);
    expect(list.mock.calls.length).toBeLessThan(9);
  });

  it('leaves what was made outside of the time to another comparison', async () => {
    const shop = new Shop();
    for (const index of [0, 1, 2, 3]) await shop.pair(index, 0);
    const part = { from: new Date(START + 20 * SECOND), to: new Date(START + 60 * SECOND) };
    const { findings, tally } = comparing(shop.book().book, shop.store, part);
    expect(await all(findings)).toEqual([]);
    expect(tally.summary().compared).toBe(2);
  });

  it('names what the gateway no longer has, and what it calls otherwise', async () => {
    const shop = new Shop();
    for (const index of [1, 2, 3, 4]) await shop.pair(index, 0);
    const [gone, dear, open, fine] = shop.things;
    if (!gone || !dear || !open || !fine) throw new Error('too few');
    shop.things.splice(0, 3, { ...dear, amount: 999 }, { ...open, status: 'in_progress' });
    const { findings, settle } = comparing(shop.book().book, shop.store, { from, to });
    const found = await all(findings);
    expect(found.map(({ objectId, kind }) => [objectId, kind]).toSorted()).toEqual([
      ['payt_1', 'missing_there'],
      ['payt_2', 'amount'],
      ['payt_3', 'status'],
    ]);
    expect(found.find(({ kind }) => kind === 'amount')).toMatchObject({
      here: { amount: 1_000, currency: 'USD', subjectId: 'order 2', status: 'succeeded' },
      there: { amount: 999, currency: 'USD', subjectId: 'order 2', status: 'success' },
      repaired: false,
    });
    expect(settle.mock.calls.map(([{ objectId }]) => objectId)).toEqual(['payt_3']);
  });

  it('is content with what a person has closed', async () => {
    const shop = new Shop();
    shop.things.push(aThing({ id: 'payt_1', at: START }));
    const closed = { state: 'needs_attention', resolution: 'refunded' } as const;
    await shop.record(START, {}, { objectId: 'payt_1', ...closed });
    await shop.record(START + 1, {}, { objectId: 'payt_gone', ...closed });
    const { findings, tally } = comparing(shop.book().book, shop.store, { from, to });
    expect([await all(findings), tally.summary().equal]).toEqual([[], 2]);
  });

  it('reports what it cannot read, by its id and nothing else', async () => {
    const raw = { id: 'payt_odd', card: { number: '4111111111111111' } };
    const fault = new Error('unreadable') as never;
    const { book } = aBookOf((filter) => ({
      ...pageOfThings([], filter),
      unreadable: [
        { fault, raw },
        { fault, raw: { id: 'x'.repeat(99) } },
        { fault, raw: null },
      ],
      count: 3,
    }));
    const found = await all(comparing(book, new Shop().store, { from, to }).findings);
    expect(found.map(({ kind, objectId }) => [kind, objectId])).toEqual([
      ['unreadable', 'payt_odd'],
      ['unreadable', null],
      ['unreadable', null],
    ]);
    expect(JSON.stringify(found)).not.toContain('4111');
  });

  it('gives a lost answer to its record, and a second object under one request_id to nobody', async () => {
    const shop = new Shop();
    await shop.record(START, { requestId: 'one', subjectId: 'order' });
    const twins = ['payt_1', 'payt_2'].map((id) =>
      aThing({ id, at: START, subjectId: 'order', requestId: 'one' }),
    );
    shop.things.push(...twins);
    const run = (repair: boolean) =>
      comparing(shop.book().book, shop.store, { from, to, repair }, async (record) =>
        twins.map((twin) => sightingOf(twin, record)),
      );
    const dry = run(false);
    const found = await all(dry.findings);
    expect(found.map(({ objectId, kind, repaired }) => [objectId, kind, repaired])).toEqual([
      ['payt_1', 'status', false],
      ['payt_2', 'status', false],
    ]);
    expect(dry.settle).not.toHaveBeenCalled();
    const wet = run(true);
    await all(wet.findings);
    expect(wet.settle.mock.calls.map(([{ requestId }]) => requestId)).toContain('one');
  });

  it.each([
    ['its own id stands in for', 'payt_1', 0],
    ['the host knows', 'two', 1],
  ])(
    'takes in no object under a request_id that %s, while a request is under way',
    async (_, requestId, times) => {
      const shop = new Shop();
      await shop.record(START, { requestId: 'one', subjectId: 'order' });
      shop.things.push(aThing({ id: 'payt_1', at: START, subjectId: 'order' }));
      const { book } = shop.book();
      const intent = {
        account: 'default',
        kind: 'payment',
        requestId,
        reference: 'ref',
        subjectId: 'order',
        exclusive: true,
        amount: 1_000,
        currency: 'USD',
      } as const;
      const vouching = { ...book, expected: async () => intent };
      const { findings, adopt, report } = comparing(vouching, shop.store, { from, to });
      expect(await all(findings)).toMatchObject([{ kind: 'missing_here', repaired: false }]);
      expect(adopt).toHaveBeenCalledTimes(times);
      expect(report).not.toHaveBeenCalled();
    },
  );

  it('stops where it is told to, between two findings', async () => {
    const shop = new Shop();
    for (let index = 0; index < 10; index += 1) await shop.pair(index, 0);
    shop.things.length = 0;
    const abort = new AbortController();
    const { findings, tally } = comparing(shop.book().book, shop.store, {
      from,
      to,
      signal: abort.signal,
    });
    await expect(
      (async () => {
        for await (const _ of findings) abort.abort(new Error('enough'));
      })(),
    ).rejects.toThrow('enough');
    expect(tally.summary().findings).toBe(1);
  });

  it('looks at nothing more when the reader leaves', async () => {
    const shop = new Shop();
    for (let index = 0; index < 10; index += 1) await shop.pair(index, 0);
    shop.things.length = 0;
    const { book, get } = shop.book();
    for await (const _ of comparing(book, shop.store, { from, to }).findings) break;
    expect(get).toHaveBeenCalledTimes(1);
  });
});
