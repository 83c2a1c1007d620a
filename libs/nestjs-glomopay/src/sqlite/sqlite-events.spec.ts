import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../test/remembered-work.js';
import { aSqliteFile, type SqliteFile } from '../../test/sqlite-file.js';
import { eventsOfKilledProcess, fourProcessesHandle } from '../../test/storage-processes.js';
import { upTo } from '../testing/contract/harness.js';
import { anEvent, claimed } from '../testing/contract/inbox-harness.js';
import type { InboxStore } from '../tracking/store/inbox-store.js';
import { SqliteTrackingStore } from './sqlite-tracking-store.js';

describe('SqliteEvents', () => {
  let file: SqliteFile;
  let store: SqliteTrackingStore<Database.Database>;
  let inbox: InboxStore<Database.Database>;
  const commits: string[] = [];

  beforeEach(async () => {
    file = await aSqliteFile();
    store = new SqliteTrackingStore(() => {
      const database = new Database(file.path);
      const exec = database.exec.bind(database);
      database.exec = (sql: string) => {
        if (sql === 'COMMIT') commits.push(sql);
        return exec(sql);
      };
      return database;
    });
    inbox = store.inbox;
    await store.migrate();
    commits.length = 0;
  });
  afterEach(async () => {
    await store.close();
    await file.remove();
  });

  it('puts events of one tick into one transaction', async () => {
    await Promise.all(upTo(100).map((n) => inbox.insert(anEvent(`${n}`))));
    expect(commits).toHaveLength(1);
  });

  it('puts no more than 4 MiB into one transaction', async () => {
    const events = upTo(10).map((n) => anEvent(Buffer.alloc(1_048_576, `${n}`)));
    await Promise.all(events.map((event) => inbox.insert(event)));
    expect(commits).toHaveLength(3);
    for (const event of events) {
      const body = (await inbox.body(event)) ?? Buffer.alloc(0);
      expect(event.body.equals(body)).toBe(true);
    }
  });

  it('refuses exactly the event that the database refuses', async () => {
    const host = new Database(file.path);
    host.exec(`CREATE TRIGGER refuse BEFORE INSERT ON glomopay_events WHEN NEW.body = x'626164'
      BEGIN SELECT RAISE(ABORT, 'refused by the host'); END`);
    host.close();
    const results = await Promise.allSettled(
      upTo(9).map((n) => inbox.insert(anEvent(n === 4 ? 'bad' : `good ${n}`))),
    );
    expect(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([4]);
    expect((await inbox.counts('default')).open).toBe(8);
  });

  it('reads, and lets the event loop go on, while the work of a handler waits', async () => {
    await inbox.insert(anEvent());
    const claim = await claimed(inbox, anEvent());
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 5);
    const committing = inbox.commit(claim, 'Shop.ship', async () => {
      await until(() => turns > 10);
    });
    await sleep(20);
    expect((await inbox.find(anEvent()))?.handlers).toEqual([]);
    await committing;
    clearInterval(ticking);
    expect((await inbox.find(anEvent()))?.handlers).not.toEqual([]);
  });

  it('handles each event once with 4 processes on one file', async () => {
    const handled = await fourProcessesHandle('sqlite', file.path);
    expect(handled.reduce((total, one) => total + one)).toBe(40);
    expect(file.lines()).toHaveLength(40);
    expect(new Set(file.lines()).size).toBe(40);
    expect(await inbox.counts('default')).toEqual({ open: 0, failed: 0, oldestOpenAt: null });
  });

  it('has every event that a killed process had said was written', async () => {
    const bodies = await eventsOfKilledProcess('sqlite', file.path);
    expect(bodies.length).toBeGreaterThan(100);
    const found = await Promise.all(bodies.map((body) => inbox.body(anEvent(body))));
    expect(found.map((body) => body?.toString())).toEqual(bodies);
  });
});
