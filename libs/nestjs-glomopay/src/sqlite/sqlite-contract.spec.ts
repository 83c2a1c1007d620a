import { describe, expect, it } from '@jest/globals';
import { leavesNewerRowsAlone } from '../../test/newer-rows.js';
import { sqliteAndBeside } from '../../test/sqlite-beside.js';
import { sqliteDrivers, type SqliteDriver } from '../../test/sqlite-drivers.js';
import { aSqliteFile, openSqlite, openSqliteOn } from '../../test/sqlite-file.js';
import { trackingStoreContract } from '../testing/tracking-store-contract.js';
import * as historyStatements from './history-statements.js';
import * as inboxStatements from './inbox-statements.js';
import { SqliteTrackingStore } from './sqlite-tracking-store.js';
import * as statements from './statements.js';

const TABLES = [
  'events',
  'event_handlers',
  'event_keys',
  'handlers',
  'history',
  'locks',
  'movements',
];

describe.each(Object.entries(sqliteDrivers))('SqliteTrackingStore on %s', (_, driver) => {
  for (const { name, run } of trackingStoreContract(() => openSqlite((at) => driver(at)))) {
    it(name, run);
  }

  leavesNewerRowsAlone(() => sqliteAndBeside((at) => driver(at)));

  it('does not start on a file that it cannot write', async () => {
    const file = await aSqliteFile();
    const first = new SqliteTrackingStore(() => driver(file.path));
    await first.migrate();
    await first.close();
    for (const start of ['migrate', 'assertMigrated'] as const) {
      const store = new SqliteTrackingStore(() => driver(file.path, { readonly: true }));
      await expect(store[start]()).rejects.toMatchObject({
        code: 'GLOMOPAY_CONFIGURATION',
        message: expect.stringContaining('cannot be written'),
      });
      await store.close();
    }
    await file.remove();
  });
});

describe('SqliteTrackingStore with a prefix, beside tables of the same names', () => {
  const driver = sqliteDrivers['libsql'] as SqliteDriver;

  /** Tables that take nothing, where a statement without its prefix would write. */
  async function open() {
    const file = await aSqliteFile();
    const decoy = driver(file.path);
    for (const table of TABLES) {
      decoy.exec(`CREATE TABLE glomopay_${table} (decoy INTEGER CHECK (0))`);
    }
    decoy.close();
    return openSqliteOn(file, (at) => driver(at), { tablePrefix: 'Shop_' });
  }

  for (const { name, run } of trackingStoreContract(open)) it(name, run);
});

describe('The statements of SqliteTrackingStore', () => {
  it('have no numbered parameters, which not every driver binds', () => {
    const all = { ...statements, ...inboxStatements, ...historyStatements };
    for (const statement of Object.values(all)) {
      expect(statement).not.toMatch(/[?][0-9]/);
    }
  });
});
