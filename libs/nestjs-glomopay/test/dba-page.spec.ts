import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Pool, type PoolClient } from 'pg';
import * as erasure from '../src/postgres/erasure-statements.js';
import { applicationRights, readerColumns } from '../src/postgres/grants.js';
import * as history from '../src/postgres/history-statements.js';
import * as inbox from '../src/postgres/inbox-statements.js';
import { postgresMigrations } from '../src/postgres/migrations.js';
import { postgresPartitions } from '../src/postgres/partitions.js';
import { pgAdapter } from '../src/postgres/pg.adapter.js';
import { PostgresTrackingStore } from '../src/postgres/postgres-tracking-store.js';
import * as rowLocks from '../src/postgres/row-lock-statements.js';
import * as settlement from '../src/postgres/settlement-statements.js';
import * as movements from '../src/postgres/statements.js';
import { SqliteTrackingStore } from '../src/sqlite/sqlite-tracking-store.js';
import { anIntent } from '../src/testing/contract/harness.js';
import { moveSqlite, postgresMove } from './dba-moves.js';
import { tableRows, wordsOf } from './page-tables.js';
import { aPostgresSchema, isPostgresThere, postgresPlace } from './postgres-schema.js';
import type { PostgresSchema } from './postgres-schema.js';
import { sqliteDrivers } from './sqlite-drivers.js';
import { aSqliteFile } from './sqlite-file.js';

const page = readFileSync(new URL('../../../docs/dba.md', import.meta.url), 'utf8');

/** The rows of the tables under a heading that begin with a name of ours, each as its cells. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split(/\n## /)[0] ?? '';
  return tableRows(section, '| `glomopay_');
}

describe('docs/dba.md', () => {
  it('has the grants of every table', () => {
    const rows = rowsUnder('Privileges').map(([table, app]) => [wordsOf(table)[0], wordsOf(app)]);
    expect(Object.fromEntries(rows)).toEqual(applicationRights);
    const partly = rowsUnder('Privileges').filter(([, , reader]) => reader !== '`SELECT`');
    expect(partly.map(([table]) => wordsOf(table)[0])).toEqual(Object.keys(readerColumns));
  });

  it('is right that nothing is left in a session', () => {
    const texts = [erasure, history, inbox, settlement, rowLocks, movements].flatMap((all) =>
      Object.values(all),
    );
    expect(texts.length).toBeGreaterThan(30);
    for (const text of [...texts, ...postgresMigrations(0)]) {
      expect(text).not.toMatch(/^\s*SET (?!LOCAL )/);
      expect(text).not.toMatch(/\b(?:UN)?LISTEN\b|\bDECLARE\b|pg_(?:try_)?advisory_lock|\bTEMP/i);
      for (const [, last] of text.matchAll(/set_config\([^()]*,\s*(\w+)\)/g)) {
        expect(last).toBe('true');
      }
    }
  });

  it('moves the tables of SQLite', async () => {
    const [driver] = Object.values(sqliteDrivers);
    if (driver === undefined) throw new Error('There is no driver');
    const file = await aSqliteFile();
    const before = new SqliteTrackingStore(() => driver(file.path));
    await before.migrate();
    await before.insert(anIntent(), 0);
    await before.close();
    const database = driver(file.path);
    const store = new SqliteTrackingStore(() => driver(file.path), { tablePrefix: 'shop_' });
    await moveSqlite(database, store);
    database.close();
    expect(await store.examineTables()).toMatchObject({ version: 3, differences: [] });
    expect((await store.insert(anIntent(), 0)).inserted).toBe(false);
    await store.close();
    await file.remove();
  });
});

const suite = (await isPostgresThere()) ? describe : describe.skip;

suite(`docs/dba.md beside ${postgresPlace}`, () => {
  let schema: PostgresSchema;
  let pool: Pool;
  beforeEach(async () => {
    schema = await aPostgresSchema();
    pool = new Pool({ ...schema.config(), max: 2 });
    const store = new PostgresTrackingStore(pgAdapter<PoolClient>(pool));
    await store.migrate();
    await store.insert(anIntent(), 0);
  });
  afterEach(async () => {
    await pool.end();
    await schema.drop();
  });

  it('names every table and every index', async () => {
    const { rows } = await schema.host.query<{ relname: string }>(
      `SELECT relname FROM pg_class WHERE relnamespace = $1::regnamespace
        AND relkind IN ('r', 'i', 'S') AND relname <> 'lines'`,
      [schema.name],
    );
    const named = rowsUnder('The tables').map(([name]) => wordsOf(name)[0]);
    expect(named.toSorted()).toEqual(rows.map(({ relname }) => relname).toSorted());
  });

  it('is right that there are no functions, triggers, types and foreign keys', async () => {
    const { rows } = await schema.host.query(
      `SELECT 1 FROM pg_proc WHERE pronamespace = $1::regnamespace
      UNION ALL SELECT 1 FROM pg_type WHERE typnamespace = $1::regnamespace AND typtype IN ('e', 'd')
      UNION ALL SELECT 1 FROM pg_constraint WHERE connamespace = $1::regnamespace AND contype = 'f'
      UNION ALL SELECT 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = $1::regnamespace`,
      [schema.name],
    );
    expect(rows).toEqual([]);
    const { rows: options } = await schema.host.query(
      `SELECT relname, reloptions FROM pg_class
        WHERE relnamespace = $1::regnamespace AND reloptions IS NOT NULL`,
      [schema.name],
    );
    expect(options).toEqual([
      { relname: 'glomopay_events', reloptions: ['autovacuum_vacuum_scale_factor=0.02'] },
    ]);
  });

  it.each(['', 'partitioned '])('moves the %stables of Postgres', async (how) => {
    if (how !== '') {
      const partitions = postgresPartitions({ from: new Date(), months: 2 });
      await schema.host.query(partitions.join(';'));
    }
    const own = `${schema.name}_payments`;
    await schema.host.query(`CREATE SCHEMA ${own}`);
    await schema.host.query(postgresMove(schema.name, own));
    const options = { schema: own, tablePrefix: 'shop_' };
    const store = new PostgresTrackingStore(pgAdapter<PoolClient>(pool), options);
    expect(await store.examineTables()).toMatchObject({ version: 3, schema: own, differences: [] });
    expect((await store.insert(anIntent(), 0)).inserted).toBe(false);
    await schema.host.query(`SET client_min_messages = error; DROP SCHEMA ${own} CASCADE`);
  });
});
