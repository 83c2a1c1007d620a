import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../test/remembered-work.js';
import { fourProcessesWork, keysOfKilledProcess } from '../../test/storage-processes.js';
import { aSqliteFile, type SqliteFile } from '../../test/sqlite-file.js';
import { aKey, anIntent, aSettlement, upTo } from '../testing/contract/harness.js';
import { SqliteTrackingStore } from './sqlite-tracking-store.js';

describe('SqliteTrackingStore', () => {
  describe('on one file', () => {
    let file: SqliteFile;
    let store: SqliteTrackingStore<Database.Database>;

    beforeEach(async () => {
      file = await aSqliteFile();
      store = new SqliteTrackingStore(() => new Database(file.path));
      await store.migrate();
    });
    afterEach(async () => {
      await store.close();
      await file.remove();
    });

    it('lets the event loop and every other write go on while a handler waits', async () => {
      const other = new SqliteTrackingStore(() => new Database(file.path));
      await store.insert(anIntent(), 0);
      const ends: string[] = [];
      let turns = 0;
      const ticking = setInterval(() => (turns += 1), 5);
      const slow = store.settle(
        aKey(),
        aSettlement(
          { state: 'succeeded' },
          {
            async effect() {
              // Four before the others begin to wait; none comes while one of them holds the loop.
              await until(() => turns > 20);
              ends.push('handler');
            },
          },
        ),
      );
      await sleep(20);
      const waiting = [
        store.insert(anIntent({ requestId: 'own' }), 0).then(() => ends.push('own insert')),
        store.claimDue('default', 1, 1_000).then(() => ends.push('own claim')),
        other.insert(anIntent({ requestId: 'foreign' }), 0).then(() => ends.push('foreign insert')),
      ];
      expect(await store.find(aKey('own'))).toBeUndefined();
      await Promise.all([slow, ...waiting]);
      clearInterval(ticking);
      await other.close();
      expect(ends[0]).toBe('handler');
      expect(ends.toSorted()).toEqual(['foreign insert', 'handler', 'own claim', 'own insert']);
    });

    it('puts inserts of one tick into one transaction', async () => {
      const transactions: string[] = [];
      const counted = new SqliteTrackingStore(() => {
        const database = new Database(file.path);
        const exec = database.exec.bind(database);
        database.exec = (sql: string) => {
          if (sql === 'COMMIT') transactions.push(sql);
          return exec(sql);
        };
        return database;
      });
      await Promise.all(
        upTo(100).map((n) => counted.insert(anIntent({ requestId: `request-${n}` }), 0)),
      );
      await counted.close();
      expect(transactions).toHaveLength(1);
    });

    it('refuses exactly the row that the database refuses', async () => {
      const host = new Database(file.path);
      host.exec(`CREATE TRIGGER refuse BEFORE INSERT ON glomopay_movements WHEN NEW.reference = 'bad'
        BEGIN SELECT RAISE(ABORT, 'refused by the host'); END`);
      host.close();
      const results = await Promise.allSettled(
        upTo(9).map((n) =>
          store.insert(anIntent({ requestId: `${n}`, reference: n === 4 ? 'bad' : 'good' }), 0),
        ),
      );
      expect(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([4]);
      expect(await store.findBySubject('default', 'order_1')).toHaveLength(8);
    });

    it('moves its log into the database when it closes', async () => {
      await store.insert(anIntent(), 0);
      await store.close();
      const host = new Database(file.path, { readonly: true });
      const [log] = host.prepare('PRAGMA wal_checkpoint(PASSIVE)').all();
      host.close();
      expect(log).toMatchObject({ log: 0 });
      await expect(store.find(aKey())).rejects.toThrow('closed');
    });

    it('uses an index for every statement', async () => {
      const statements: Record<string, unknown> = {
        ...(await import('./statements.js')),
        ...(await import('./inbox-statements.js')),
      };
      const host = new Database(file.path);
      for (const [name, sql] of Object.entries(statements)) {
        if (name === 'insertIntent' || name === 'notedHandlers') continue;
        const plan = host.prepare(`EXPLAIN QUERY PLAN ${String(sql)}`).all();
        const details = plan.map((row) => String(Reflect.get(Object(row), 'detail')));
        expect([
          name,
          details.filter((detail) =>
            /SCAN (?!CONSTANT|json_each|visited|head)|TEMP B-TREE/.test(detail),
          ),
        ]).toEqual([name, []]);
      }
      host.close();
    });

    it('loses and doubles nothing with 4 processes on one file', async () => {
      const works = await fourProcessesWork('sqlite', file.path);
      expect(sum(works.map(({ inserted }) => inserted))).toBe(440);
      expect(sum(works.map(({ effects }) => effects))).toBe(40);
      expect(new Set(file.lines()).size).toBe(40);
      expect(file.lines()).toHaveLength(40);
      expect(await store.counts('default', ['payment'])).toEqual({ needsAttention: 0, open: 400 });
    });

    it('has what a killed process had said was written', async () => {
      const keys = await keysOfKilledProcess('sqlite', file.path);
      expect(keys.length).toBeGreaterThan(100);
      const found = await Promise.all(keys.map((requestId) => store.find(aKey(requestId))));
      expect(found.filter((record) => record === undefined)).toHaveLength(0);
    });
  });

  it('refuses a database that would forget', async () => {
    const store = new SqliteTrackingStore(() => new Database(':memory:'));
    await expect(store.migrate()).rejects.toMatchObject({ code: 'GLOMOPAY_CONFIGURATION' });
    await store.close();
  });

  it('refuses a driver that does not write through to the disk', async () => {
    const file = await aSqliteFile();
    const store = new SqliteTrackingStore(() => {
      const database = new Database(file.path);
      const exec = database.exec.bind(database);
      database.exec = (sql: string) => exec(sql.replace('synchronous = FULL', 'synchronous = OFF'));
      return database;
    });
    await expect(store.migrate()).rejects.toThrow(/synchronous FULL/);
    await store.close();
    await file.remove();
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
