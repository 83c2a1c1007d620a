import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import Database from 'libsql';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  PaymentTracker,
  TrackingStore,
} from 'nestjs-glomopay';
import { runDoctor } from 'nestjs-glomopay/doctor';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { Client, Pool, type PoolClient } from 'pg';
import { isPostgresThere, postgresUrl } from '../../libs/nestjs-glomopay/test/postgres-schema.js';

const isPostgres = await isPostgresThere();
const PASSWORD = `p${randomBytes(8).toString('hex')}`;
const SECRET_URL = `postgres://shop:${PASSWORD}@127.0.0.1:1/shop`;

const PARTITIONED = ['migrations', 'print', '--dialect', 'postgres', '--partition-by', 'month'];

async function printed(...words: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await runDoctor(words, (part) => (text += part));
  return { code, text };
}

/** Starts an application that makes no tables itself, and stops it again. */
async function boot(store: TrackingStore): Promise<string> {
  class App {}
  Module({
    imports: [
      GlomopayModule.forRoot({ secretKey: 'sk-alpha-1f0c2e', baseUrl: 'http://127.0.0.1:9' }),
      GlomopayTrackingModule.forRoot({ store, migrate: false }),
    ],
  })(App);
  try {
    const app = await NestFactory.createApplicationContext(App, {
      logger: false,
      abortOnError: false,
    });
    const counts = await app.get(PaymentTracker).counts();
    await app.close();
    return JSON.stringify(counts);
  } catch (thrown) {
    await store.close();
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'unknown';
  }
}

describe('nestjs-glomopay migrations', () => {
  it.each([
    [['migrations'], '--dialect'],
    [['migrations', '--dialect', 'oracle'], '--dialect'],
    [['migrations', '--dialect', 'sqlite', '--from', '9'], '--from'],
    [['migrations', '--dialect', 'sqlite', '--from', 'a'], '--from'],
    [['migrations', '--dialect', 'sqlite', '--host', 'http://localhost'], '--host'],
    [['migrations', '--dialect', 'sqlite', '--url', 'sqlite:a.db'], 'not --url'],
    [['migrations', '--dialect', 'sqlite', '--schema', 'a'], 'sqlite has no schemas'],
    [['migrations', '--dialect', 'postgres', '--schema', 'a"b'], '--schema must be'],
    [['migrations', '--dialect', 'postgres', '--table-prefix', 'a-'], '--table-prefix must be'],
    [['migrations', '--dialect', 'postgres', '--create-schema'], 'needs --schema'],
    [['migrations', '--dialect', 'mysql', '--partition-by', 'month'], 'mysql are not partitioned'],
    [['migrations', '--dialect', 'postgres', '--partition-by', 'week'], '--partition-by is month'],
    [['migrations', '--dialect', 'postgres', '--months', '3'], 'need --partition-by'],
    [PARTITIONED.concat('--months', '0'), '--months is 1 to 120'],
    [PARTITIONED.concat('--first-month', '2027-13'), '--first-month is'],
    [['migrations', 'check', '--partition-by', 'month'], 'not --partition-by'],
    [['migrations', '--dialect', 'sqlite', '--one-by-one'], '--one-by-one'],
    [['migrations', '--dialect', 'postgres', '--one-by-one', '--from', '2'], 'from nothing'],
    [['migrations', 'drop'], 'migrations can print, check, apply'],
    [['migrations', 'check', '--dialect', 'postgres'], 'not --dialect'],
    [['migrations', 'check', '--from', '2'], 'not --from'],
    [['migrations', 'check', '--url', SECRET_URL.replace('postgres', 'mongodb')], 'begins with'],
    [['migrations', 'check', SECRET_URL], 'options only'],
    [['migrations', SECRET_URL], 'migrations can'],
    [['migrations', 'check', '--url', SECRET_URL, '--store', 'a.js'], 'not both'],
    [['migrations', 'check', '--store', 'a.js', '--schema', 'a'], 'options of the store'],
    [['migrations', 'check', '--export', 'a'], 'needs --store'],
    [['migrations', 'check', '--url', SECRET_URL, '--schema', 'a', '--create-schema'], 'belongs'],
    [['doctor', '--dialect', 'sqlite'], '--dialect'],
    [['migrate'], 'commands'],
  ])('refuses %j', async (words, fault) => {
    const { code, text } = await printed(...words);
    expect([code, text.split('\n')[0]]).toEqual([2, expect.stringContaining(fault)]);
    expect(text).not.toContain(PASSWORD);
  });

  it('says when there is nothing to do', async () => {
    const { code, text } = await printed('migrations', '--dialect', 'sqlite', '--from', '3');
    expect([code, text]).toEqual([0, expect.stringContaining('nothing to do')]);
  });

  describe('on SQLite', () => {
    let folder = '';
    let file = '';
    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'migrations-'));
      file = path.join(folder, 'payments.db');
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('prints what lets an application start that makes no tables itself', async () => {
      const store = () => new SqliteTrackingStore(() => new Database(file));
      expect(await boot(store())).toMatch(/GlomopayConfigurationError.*tables are missing/s);
      const database = new Database(file);
      database.exec((await printed('migrations', '--dialect', 'sqlite')).text);
      database.close();
      expect(await boot(store())).toBe('{"needsAttention":0,"open":0}');
    });
  });

  (isPostgres ? describe : describe.skip)('on Postgres', () => {
    const schema = `glomopay_migrations_${randomBytes(5).toString('hex')}`;
    let pool: Pool;
    beforeEach(async () => {
      pool = new Pool({ connectionString: postgresUrl, options: `-c search_path=${schema}` });
      await pool.query(`CREATE SCHEMA ${schema}`);
    });
    afterEach(async () => {
      await pool.query(`DROP SCHEMA ${schema} CASCADE`);
      await pool.end();
    });

    it('prints what lets an application start that makes no tables itself', async () => {
      const store = () => new PostgresTrackingStore(pgAdapter<PoolClient>(pool));
      expect(await boot(store())).toMatch(/GlomopayConfigurationError.*tables are missing/s);
      const { text } = await printed('migrations', '--dialect', 'postgres');
      const environment = { ...process.env, PGOPTIONS: `-c search_path=${schema}` };
      const psql = ['-v', 'ON_ERROR_STOP=1', '-q', '-d', postgresUrl];
      if (hasPsql()) execFileSync('psql', psql, { input: text, env: environment });
      else await runWithPg(text);
      expect(await boot(store())).toBe('{"needsAttention":0,"open":0}');
    });

    it('prints what makes tables that are partitioned from the next month on', async () => {
      const { text } = await printed(...PARTITIONED, '--months', '2');
      await runWithPg(text);
      expect(await boot(new PostgresTrackingStore(pgAdapter<PoolClient>(pool)))).toContain('open');
      const { rows } = await pool.query<{ name: string }>(
        `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
          WHERE i.inhparent = 'glomopay_events'::regclass ORDER BY 1`,
      );
      const now = new Date();
      const next = [1, 2].map((n) =>
        new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + n, 1)).toISOString(),
      );
      expect(rows.map(({ name }) => name)).toEqual([
        ...next.map((month) => `glomopay_events_${month.slice(0, 7).replace('-', '_')}`),
        'glomopay_events_before',
        'glomopay_events_rest',
      ]);
    });

    it('prints statements that need no transaction, and make the same tables', async () => {
      const { text } = await printed(
        'migrations',
        '--dialect',
        'postgres',
        '--one-by-one',
        '--json',
      );
      const { statements } = JSON.parse(text) as { statements: string[] };
      expect(statements.join(' ')).not.toMatch(/\b(?:BEGIN|COMMIT|RENAME|ALTER|UPDATE)\b/);
      // Whoever was interrupted begins again.
      for (const statement of [...statements.slice(0, 9), ...statements])
        await pool.query(statement);
      const store = () => new PostgresTrackingStore(pgAdapter<PoolClient>(pool), { locks: 'rows' });
      expect(await boot(store())).toBe('{"needsAttention":0,"open":0}');
      expect(await store().examineTables()).toMatchObject({ version: 3, differences: [] });
    });

    it('partitions the tables that are there by what it prints for their version', async () => {
      await runWithPg((await printed('migrations', '--dialect', 'postgres')).text);
      const words = [...PARTITIONED, '--from', '3', '--first-month', '2099-12', '--months', '1'];
      const { text } = await printed(...words);
      expect(text).not.toMatch(/^CREATE TABLE glomopay_(?:migrations|payments)/m);
      await runWithPg(text);
      const store = new PostgresTrackingStore(pgAdapter<PoolClient>(pool));
      expect(await store.examineTables()).toMatchObject({ version: 3, differences: [] });
      await pool.query('SELECT 1 FROM glomopay_history_2099_12');
    });

    async function runWithPg(text: string): Promise<void> {
      const client = new Client({
        connectionString: postgresUrl,
        options: `-c search_path=${schema}`,
      });
      await client.connect();
      await client.query(text);
      await client.end();
    }
  });
});

function hasPsql(): boolean {
  try {
    execFileSync('psql', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
