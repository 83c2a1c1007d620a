import { describe, expect, it } from '@jest/globals';
import { createPool, type PoolConnection } from 'mysql2/promise';
import { aMysqlDatabase, isMysqlThere, mysqlPlace } from '../../test/mysql-database.js';
import { mysql2Adapter } from './mysql2.adapter.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';
import { assertUsable } from './refused-settings.js';

const usual = {
  read_only: 'OFF',
  innodb_read_only: 'OFF',
  transaction_read_only: 'OFF',
  completion_type: 'NO_CHAIN',
  sql_select_limit: '18446744073709551615',
  sql_mode: 'STRICT_TRANS_TABLES,ANSI_QUOTES',
};

const startOn = (settings: Record<string, string>) => () =>
  assertUsable(new Map(Object.entries(settings)));

describe('A start on MySQL or MariaDB', () => {
  it('is allowed with the usual settings', () => {
    expect(startOn(usual)).not.toThrow();
  });

  it.each([
    [{ read_only: 'ON' }, 'it is a replica'],
    [{ read_only: 'NO_LOCK_NO_ADMIN' }, 'it is a replica'],
    [{ innodb_read_only: 'ON' }, 'it is a replica'],
    [{ transaction_read_only: 'ON' }, 'sessions are read only'],
    [{ tx_read_only: 'ON' }, 'sessions are read only'],
    [{ completion_type: 'CHAIN' }, 'behind each COMMIT'],
    [{ completion_type: 'RELEASE' }, 'behind each COMMIT'],
    [{ sql_select_limit: '1000' }, 'leave out rows'],
    [{ sql_mode: 'PIPES_AS_CONCAT,ORACLE' }, 'for others'],
    [{ sql_mode: 'EMPTY_STRING_IS_NULL' }, 'for others'],
  ])('is refused with %j', (over, message) => {
    const [name] = Object.keys(over);
    expect(startOn({ ...usual, ...over })).toThrow(new RegExp(`${message}.*\\(${name}\\)`));
  });
});

const suite = (await isMysqlThere()) ? describe : describe.skip;

suite(`A start over sessions of a host, on ${mysqlPlace}`, () => {
  it.each([
    ['SET SESSION TRANSACTION READ ONLY', 'sessions are read only'],
    ['SET SESSION completion_type = CHAIN', 'behind each COMMIT'],
    ['SET SESSION sql_select_limit = 1', 'leave out rows'],
    ['SET SESSION sql_select_limit = 0', 'leave out rows'],
  ])('that run %s is refused, also where the tables are current', async (setting, message) => {
    const database = await aMysqlDatabase();
    const pool = createPool({ ...database.place, connectionLimit: 1 });
    const store = new MysqlTrackingStore(mysql2Adapter<PoolConnection>(pool));
    try {
      await store.migrate();
      await pool.query(setting);
      for (const start of ['migrate', 'assertMigrated'] as const) {
        await expect(store[start]()).rejects.toMatchObject({
          code: 'GLOMOPAY_CONFIGURATION',
          message: expect.stringContaining(message),
        });
      }
    } finally {
      await store.close();
      await pool.end();
      await database.drop();
    }
  });
});
