import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { MemoryTrackingStore, type TrackingStore } from 'nestjs-glomopay';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { Pool, type PoolClient } from 'pg';
import { isPostgresThere, postgresUrl } from '../../libs/nestjs-glomopay/test/postgres-schema.js';
import { FastClock } from '../support/library/fast-clock.js';

/** A database for refunds, with a table `lines` of the host. */
export interface RefundStore {
  /** The time of its processes, where that is not the machine's. */
  readonly clock?: FastClock;
  /** For one process more. */
  store(): TrackingStore;
  /** Writes a line through the transaction of an outcome. */
  write(line: string, tx: unknown): Promise<void>;
  /** The lines that have been committed. */
  lines(): Promise<readonly string[]>;
  /** Lets so much time have passed since the intent of a record was written. */
  age(requestId: string, ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Every kind of database that is there, each with what opens one of its own. */
export const refundStores: readonly (readonly [string, () => Promise<RefundStore>])[] = [
  ['memory', inMemory] as const,
  ['SQLite', onSqlite] as const,
  ...((await isPostgresThere()) ? [['Postgres', onPostgres] as const] : []),
];

async function inMemory(): Promise<RefundStore> {
  let skippedMs = 0;
  const lines: string[] = [];
  const clock = new (class extends FastClock {
    override now = () => performance.now() + skippedMs;
    override date = () => Date.now() + skippedMs;
    override sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  })();
  const store = new MemoryTrackingStore(clock);
  return {
    clock,
    store: () => store,
    async write(line, tx) {
      (tx as { afterCommit(work: () => void): void }).afterCommit(() => void lines.push(line));
    },
    lines: async () => lines,
    async age(_, ms) {
      skippedMs += ms;
    },
    close: async () => undefined,
  };
}

async function onSqlite(): Promise<RefundStore> {
  const folder = mkdtempSync(path.join(tmpdir(), 'refunds-'));
  const open = () => new Database(path.join(folder, 'shop.db'));
  const own = open();
  own.exec('CREATE TABLE lines (line TEXT NOT NULL)');
  return {
    store: () => new SqliteTrackingStore(open),
    async write(line, tx) {
      (tx as Database.Database).prepare('INSERT INTO lines (line) VALUES (?)').run(line);
    },
    lines: async () =>
      (own.prepare('SELECT line FROM lines').all() as { line: string }[]).map(({ line }) => line),
    async age(requestId, ms) {
      own
        .prepare('UPDATE glomopay_movements SET created_at = created_at - ? WHERE request_id = ?')
        .run(ms, requestId);
    },
    async close() {
      own.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let schemas = 0;

async function onPostgres(): Promise<RefundStore> {
  const schema = `refunds_test_${process.pid}_${(schemas += 1)}`;
  const own = new Pool({
    connectionString: postgresUrl,
    options: `-c search_path=${schema}`,
    connectionTimeoutMillis: 3_000,
  });
  await own.query(`CREATE SCHEMA ${schema}`);
  await own.query('CREATE TABLE lines (line text NOT NULL)');
  return {
    store: () => new PostgresTrackingStore(pgAdapter<PoolClient>(own)),
    async write(line, tx) {
      await (tx as PoolClient).query('INSERT INTO lines (line) VALUES ($1)', [line]);
    },
    lines: async () =>
      (await own.query<{ line: string }>('SELECT line FROM lines')).rows.map(({ line }) => line),
    async age(requestId, ms) {
      await own.query(
        `UPDATE glomopay_movements SET created_at = created_at - $1 * interval '1 millisecond'
          WHERE request_id = $2`,
        [ms, requestId],
      );
    },
    async close() {
      await own.query(`DROP SCHEMA ${schema} CASCADE`);
      await own.end();
    },
  };
}
