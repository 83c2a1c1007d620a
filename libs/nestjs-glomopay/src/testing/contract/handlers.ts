import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HandlerNote } from '../../tracking/store/handler-note.js';
import { TrackingStore } from '../../tracking/store/tracking-store.js';
import { upTo, type ContractCase } from './harness.js';

const ship: HandlerNote = { account: '', kind: 'event', handler: 'Shop.ship' };
const book: HandlerNote = { account: 'emea', kind: 'outcome', handler: 'Ledger.book' };

/** What `noteHandlers` and `notedHandlers` promise, of a store that has them. */
export const handlers: readonly ContractCase[] = [
  {
    name: 'notes the handlers of every process, each once, and says how long ago',
    async check({ store, another }) {
      if (store.noteHandlers === TrackingStore.prototype.noteHandlers) return;
      const other = await another();
      assert.deepEqual(await store.notedHandlers(), []);
      await store.noteHandlers([]);
      await Promise.all(
        upTo(10).map((n) =>
          (n % 2 === 0 ? store : other).noteHandlers(
            n % 3 === 0 ? [ship, book] : [book, ship, book],
          ),
        ),
      );
      await sleep(30);
      await other.noteHandlers([{ ...ship, kind: 'outcome' }]);
      const noted = await store.notedHandlers();
      assert.deepEqual(
        noted.map(({ account, kind, handler }) => ({ account, kind, handler })),
        [ship, { ...ship, kind: 'outcome' }, book],
      );
      const [old, fresh] = noted.map(({ seenMsAgo }) => seenMsAgo);
      assert.ok(old !== undefined && fresh !== undefined && old > fresh);
      assert.ok(fresh >= 0 && old < 60_000);
      await store.noteHandlers([ship]);
      assert.ok(((await other.notedHandlers())[0]?.seenMsAgo ?? old) < old);
    },
  },
  {
    name: 'notes a handler whatever it is called',
    async check({ store }) {
      if (store.noteHandlers === TrackingStore.prototype.noteHandlers) return;
      const odd = `"'\\; -- %_ NUL \0, half \uDC00`;
      await store.noteHandlers([{ ...ship, handler: odd, account: odd }]);
      const [noted] = await store.notedHandlers();
      const kept = odd.replace('\0', '\uFFFD').replace('\uDC00', '\uFFFD');
      assert.deepEqual([noted?.account, noted?.handler], [kept, kept]);
    },
  },
];
