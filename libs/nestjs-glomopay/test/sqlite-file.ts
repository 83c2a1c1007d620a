import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import type { SqliteStoreOptions } from '../src/sqlite/sqlite-store-options.js';
import { SqliteTrackingStore } from '../src/sqlite/sqlite-tracking-store.js';
import type { SqliteDatabase } from '../src/sqlite/sqlite-database.js';
import type { TrackingStoreHarness } from '../src/testing/contract/harness.js';

/** A SQLite file of its own with a table of the host, `lines`. */
export interface SqliteFile {
  readonly path: string;
  lines(): string[];
  remove(): Promise<void>;
}

export async function aSqliteFile(): Promise<SqliteFile> {
  const directory = await mkdtemp(join(tmpdir(), 'glomopay-sqlite-'));
  const path = join(directory, 'payments.db');
  const host = new Database(path);
  host.exec('PRAGMA journal_mode = WAL');
  host.exec('CREATE TABLE lines (line TEXT NOT NULL)');
  return {
    path,
    lines: () =>
      host
        .prepare('SELECT line FROM lines')
        .all()
        .map((row) => String(Reflect.get(Object(row), 'line'))),
    async remove() {
      host.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** For the contract, with any driver. */
export async function openSqlite<Driver extends SqliteDatabase>(
  driver: (path: string) => Driver,
  options?: SqliteStoreOptions,
): Promise<TrackingStoreHarness<Driver>> {
  return openSqliteOn(await aSqliteFile(), driver, options);
}

/** The same on a file that is at hand. */
export async function openSqliteOn<Driver extends SqliteDatabase>(
  file: SqliteFile,
  driver: (path: string) => Driver,
  options?: SqliteStoreOptions,
): Promise<TrackingStoreHarness<Driver>> {
  const stores: SqliteTrackingStore<Driver>[] = [];
  const another = async () => {
    const store = new SqliteTrackingStore(() => driver(file.path), options);
    stores.push(store);
    return store;
  };
  return {
    store: await another(),
    another,
    async write(tx, line) {
      tx.prepare('INSERT INTO lines VALUES (?) RETURNING line').all(line);
    },
    written: async () => file.lines(),
    async close() {
      for (const store of stores) await store.close();
      await file.remove();
    },
  };
}
