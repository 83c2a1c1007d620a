import { describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { knowsItsSchema } from '../../test/older-schema.js';
import { runOn, sqliteAndBeside } from '../../test/sqlite-beside.js';
import { aSqliteFile } from '../../test/sqlite-file.js';
import { sqliteMigrations } from './sqlite-migrations.js';
import { SqliteTrackingStore } from './sqlite-tracking-store.js';

describe('The schema of SqliteTrackingStore', () => {
  knowsItsSchema('sqlite', () => sqliteAndBeside((at) => new Database(at)));

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
