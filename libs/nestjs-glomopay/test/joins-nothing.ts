import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aKey, anIntent, aSettlement } from '../src/testing/contract/harness.js';
import { anEvent, claimed } from '../src/testing/contract/inbox-harness.js';
import type { Settlement, TrackingStore } from '../src/tracking/store/tracking-store.js';

/** A host whose database library keeps the transaction that is open in the async context. */
export interface AmbientHost<Tx, Adapter> {
  readonly adapter: Adapter;
  /** Runs the work in a transaction of the host. */
  inTransaction(work: () => Promise<void>): Promise<void>;
  run(tx: Tx, statement: string): Promise<unknown>;
  end(): Promise<unknown>;
}

/** Such a host on a database of its own, with a store. */
export interface OpenedAmbient<Tx> extends Omit<AmbientHost<Tx, unknown>, 'adapter'> {
  readonly store: TrackingStore<Tx>;
  insert(line: string): string;
  lines(): Promise<string[]>;
}

/** What the store writes joins no transaction of its caller's. */
export function joinsNothing<Tx>(beside: string, open: () => Promise<OpenedAmbient<Tx>>): void {
  describe(beside, () => {
    let host: OpenedAmbient<Tx>;
    let store: TrackingStore<Tx>;

    /** A transaction of the host that is rolled back when the work has ended. */
    async function rolledBack(work: () => Promise<unknown>): Promise<void> {
      const failure = new Error('the host has failed');
      const transaction = host.inTransaction(async () => {
        await work();
        throw failure;
      });
      await expect(transaction).rejects.toBe(failure);
    }

    const paid = (line: string): Settlement<Tx> => ({
      ...aSettlement({ state: 'succeeded' }),
      effect: async (_before, _after, tx) => void (await host.run(tx, host.insert(line))),
    });

    beforeEach(async () => {
      host = await open();
      ({ store } = host);
      await store.migrate();
    });
    afterEach(() => host.end());

    it('keeps an intent, and those written with it, although its caller is rolled back', async () => {
      let other: Promise<unknown> = Promise.resolve();
      const release = afterwards(() => (other = store.insert(anIntent({ requestId: 'b' }), 0)));
      await rolledBack(async () => {
        const own = store.insert(anIntent({ requestId: 'a' }), 0);
        release();
        await Promise.all([own, other]);
      });
      expect(await store.find(aKey('a'))).toBeDefined();
      expect(await store.find(aKey('b'))).toBeDefined();
    });

    it('keeps an event', async () => {
      await rolledBack(() => store.inbox.insert(anEvent()));
      expect(await store.inbox.body(anEvent())).toBeDefined();
    });

    it('keeps an outcome with what its handler wrote', async () => {
      await store.insert(anIntent(), 0);
      await rolledBack(() => store.settle(aKey(), paid('paid')));
      expect((await store.find(aKey()))?.state).toBe('succeeded');
      expect(await host.lines()).toEqual(['paid']);
    });

    it('keeps what an event handler has committed, and how the event was concluded', async () => {
      await store.inbox.insert(anEvent());
      await rolledBack(async () => {
        const claim = await claimed(store.inbox, anEvent());
        await store.inbox.commit(
          claim,
          'Shop.ship',
          async (tx) => void (await host.run(tx, host.insert('shipped'))),
        );
      });
      expect((await store.inbox.find(anEvent()))?.handlers).toMatchObject([{ state: 'done' }]);
      expect(await host.lines()).toEqual(['shipped']);
    });

    it('keeps the lease of what it has claimed', async () => {
      await store.insert(anIntent(), 0);
      await rolledBack(() => store.claimDue('default', 10, 60_000));
      expect(await store.claimDue('default', 10, 60_000)).toEqual([]);
    });

    it('does not see what its caller has not committed, nor wait for it', async () => {
      await rolledBack(async () => {
        expect(await store.find(aKey())).toBeUndefined();
        await store.insert(anIntent(), 0);
        await store.settle(aKey(), paid('paid'));
      });
      expect(await host.lines()).toEqual(['paid']);
    });
  });
}

/** A member of the real thing, or of the one that is open in this context. */
export function ambient<Thing extends object>(real: Thing, open: AsyncLocalStorage<object>): Thing {
  return new Proxy(real, {
    get(target, member) {
      const thing = open.getStore() ?? target;
      const value: unknown = Reflect.get(thing, member);
      return typeof value === 'function' ? value.bind(thing) : value;
    },
  });
}

/** Runs work outside of every context that is made later. */
function afterwards(work: () => unknown): () => void {
  const outside = AsyncLocalStorage.snapshot();
  return () => outside(work);
}
