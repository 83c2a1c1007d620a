import { describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { moveSqlite } from '../../test/dba-moves.js';
import { knowsItsSchema } from '../../test/older-schema.js';
import { runOn, sqliteAndBeside } from '../../test/sqlite-beside.js';
import { aSqliteFile, type SqliteFile } from '../../test/sqlite-file.js';
import { livesOnAfterUpgrade, type Upgrade } from '../../test/upgraded-life.js';
import { sqliteMigrations } from './sqlite-migrations.js';
import type { SqliteStoreOptions } from './sqlite-store-options.js';
import { SqliteTrackingStore } from './sqlite-tracking-store.js';

async function move(store: SqliteTrackingStore<Database.Database>, { path }: SqliteFile) {
  const database = new Database(path);
  await moveSqlite(database, store);
  database.close();
}

async function upgradeOf(
  bring: (store: SqliteTrackingStore<Database.Database>, file: SqliteFile) => Promise<void>,
  options?: SqliteStoreOptions,
): Promise<Upgrade> {
  const file = await aSqliteFile();
  const store = new SqliteTrackingStore(() => new Database(file.path), options);
  return {
    run: async (statements) => runOn(file.path, statements),
    async upgraded() {
      await bring(store, file);
      return store;
    },
    async close() {
      await store.close();
      await file.remove();
    },
  };
}

describe('The schema of SqliteTrackingStore', () => {
  knowsItsSchema('sqlite', () => sqliteAndBeside((at) => new Database(at)));

  livesOnAfterUpgrade('sqlite', {
    'where it is': () => upgradeOf(async (store) => store.migrate()),
    'and its tables were moved afterwards': () =>
      upgradeOf(
        async (store, file) => {
          runOn(file.path, sqliteMigrations(2).join(';'));
          await move(store, file);
        },
        { tablePrefix: 'shop_' },
      ),
    'and its tables were moved before': () =>
      upgradeOf(
        async (store, file) => {
          await move(store, file);
          await store.migrate();
        },
        { tablePrefix: 'shop_' },
      ),
  });

  it.each([0, 1, 2])('can be made by hand from version %i on', async (from) => {
    const file = await aSqliteFile();
    const text = (start: number) => sqliteMigrations(start).map((statement) => `${statement};`);
    const all = text(0);
    const done = all.slice(0, all.findIndex((line) => line.includes(`VALUES (${from},`)) + 1);
    if (from > 0) runOn(file.path, [...done, 'COMMIT;'].join('\n'));
    runOn(file.path, text(from).join('\n'));
    const store = new SqliteTrackingStore(() => new Database(file.path));
    await store.assertMigrated();
    expect(sqliteMigrations(3)).toEqual([]);
    await store.close();
    await file.remove();
  });
});
