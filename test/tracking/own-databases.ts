import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { MemoryTrackingStore, type MemoryTransaction, type TrackingStore } from 'nestjs-glomopay';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { Pool, type PoolClient } from 'pg';
import { isPostgresThere, postgresUrl } from '../../libs/nestjs-glomopay/test/postgres-schema.js';

/** A shop's database: movements, and the lines that handlers write through their transaction. */
export interface ShopDatabase {
  /** A store on it, as each process has one. */
  store(): TrackingStore;
  write(tx: unknown, line: string): Promise<void>;
  lines(): Promise<readonly string[]>;
  /** Lets everything in it have happened so much earlier. Milliseconds. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Every kind of database that is there; each call makes one of its own. */
export const ownDatabases: readonly (readonly [string, () => Promise<ShopDatabase>])[] = [
  ['memory', inMemory] as const,
  ['SQLite', onSqlite] as const,
  ...((await isPostgresThere()) ? [['Postgres', onPostgres] as const] : []),
];

async function inMemory(): Promise<ShopDatabase> {
  let passed = 0;
  const lines: string[] = [];
  const store = new MemoryTrackingStore({ date: () => Date.now() + passed });
  return {
    store: () => store,
    write: async (tx, line) => (tx as MemoryTransaction).afterCommit(() => void lines.push(line)),
    lines: async () => lines,
    pass: async (ms) => void (passed += ms),
    close: async () => undefined,
  };
}

async function onSqlite(): Promise<ShopDatabase> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shop-'));
  const open = () => new Database(path.join(folder, 'shop.db'));
  const own = open();
  own.exec('CREATE TABLE lines (line TEXT NOT NULL)');
  return {
    store: () => new SqliteTrackingStore(open),
    write: async (tx, line) => {
      (tx as Database.Database).prepare('INSERT INTO lines VALUES (?)').run(line);
    },
    lines: async () =>
      (own.prepare('SELECT line FROM lines ORDER BY rowid').all() as { line: string }[]).map(
        ({ line }) => line,
      ),
    pass: async (ms) => {
      own.exec(`UPDATE glomopay_movements SET created_at = created_at - ${ms},
        updated_at = updated_at - ${ms}, next_check_at = next_check_at - ${ms},
        scheduled_at = scheduled_at - ${ms};
        UPDATE glomopay_handlers SET seen_at = seen_at - ${ms}`);
    },
    close: async () => {
      own.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function onPostgres(): Promise<ShopDatabase> {
  const schema = `glomopay_test_${randomBytes(6).toString('hex')}`;
  const open = () =>
    new Pool({
      connectionString: postgresUrl,
      options: `-c search_path=${schema} -c synchronous_commit=off`,
      max: 4,
    });
  const own = open();
  await own.query(`CREATE SCHEMA ${schema}`);
  await own.query('CREATE TABLE lines (id serial, line text NOT NULL)');
  const pools = [own];
  return {
    store: () => {
      const pool = open();
      pools.push(pool);
      return new PostgresTrackingStore(pgAdapter<PoolClient>(pool));
    },
    write: async (tx, line) => {
      await (tx as PoolClient).query('INSERT INTO lines (line) VALUES ($1)', [line]);
    },
    lines: async () =>
      (await own.query<{ line: string }>('SELECT line FROM lines ORDER BY id')).rows.map(
        ({ line }) => line,
      ),
    pass: async (ms) => {
      const by = `interval '${ms} milliseconds'`;
      await own.query(`UPDATE glomopay_movements SET created_at = created_at - ${by},
        updated_at = updated_at - ${by}, next_check_at = next_check_at - ${by},
        scheduled_at = scheduled_at - ${by}`);
      await own.query(`UPDATE glomopay_handlers SET seen_at = seen_at - ${by}`);
    },
    close: async () => {
      await own.query('SET client_min_messages = error');
      await own.query(`DROP SCHEMA ${schema} CASCADE`);
      for (const pool of pools) await pool.end();
    },
  };
}
