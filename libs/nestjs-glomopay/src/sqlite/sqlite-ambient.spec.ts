import { describe, expect, it } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import Database from 'libsql';
import { aSqliteFile } from '../../test/sqlite-file.js';
import { aKey, anIntent, aSettlement } from '../testing/contract/harness.js';
import { anEvent } from '../testing/contract/inbox-harness.js';
import { SqliteTrackingStore } from './sqlite-tracking-store.js';

describe('SqliteTrackingStore beside a transaction of the host', () => {
  it('keeps what it has written, on connections of its own, when that one is rolled back', async () => {
    const file = await aSqliteFile();
    const store = new SqliteTrackingStore(() => new Database(file.path));
    await store.migrate();
    const host = new Database(file.path);
    host.exec('BEGIN');
    host.prepare('SELECT count(*) FROM lines').all();
    await store.insert(anIntent(), 0);
    await store.settle(aKey(), aSettlement({ state: 'succeeded' }));
    await store.inbox.insert(anEvent());
    host.exec('ROLLBACK');
    host.close();
    expect((await store.find(aKey()))?.state).toBe('succeeded');
    expect(await store.inbox.body(anEvent())).toBeDefined();
    await store.close();
    await file.remove();
  });

  it('runs what the host does with a transaction in the async context of its own caller', async () => {
    const file = await aSqliteFile();
    const store = new SqliteTrackingStore(() => new Database(file.path));
    await store.migrate();
    const caller = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const settle = (name: string) =>
      caller.run(name, async () => {
        await store.insert(anIntent({ requestId: name, subjectId: name }), 0);
        const effect = async () => void seen.push(caller.getStore());
        await store.settle(aKey(name), aSettlement({ state: 'succeeded' }, { effect }));
      });
    await Promise.all(['a', 'b', 'c'].map(settle));
    expect(seen.toSorted()).toEqual(['a', 'b', 'c']);
    await store.close();
    await file.remove();
  });
});
