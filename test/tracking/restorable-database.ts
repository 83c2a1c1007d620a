import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import type { TrackingStore } from 'nestjs-glomopay';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { Pool, type PoolClient } from 'pg';
import { isPostgresThere, postgresUrl } from '../../libs/nestjs-glomopay/test/postgres-schema.js';

/** A row that a handler of an outcome has written. */
export interface OutcomeRow {
  readonly reference: string;
  readonly outcome: string;
}

/** A database of a host that can be set back to an earlier state of its own. */
export interface RestorableDatabase {
  /** Opens it anew; nobody may have it open when it is set back. */
  store(): TrackingStore;
  /** Writes a row through the transaction of an outcome. */
  write(tx: unknown, row: OutcomeRow): Promise<void>;
  rows(): Promise<readonly OutcomeRow[]>;
  dump(): Promise<void>;
  restore(): Promise<void>;
  remove(): Promise<void>;
}

const TABLE = 'CREATE TABLE purchases (reference TEXT NOT NULL, outcome TEXT NOT NULL)';
const ROWS = 'SELECT reference, outcome FROM purchases ORDER BY reference';

/** Every kind of database that is there; Postgres by its own `pg_dump` and `psql`. */
export const restorableDatabases: readonly (readonly [
  string,
  () => Promise<RestorableDatabase>,
])[] = [
  ['SQLite', sqliteDatabase] as const,
  ...((await isPostgresThere()) ? [['Postgres', postgresDatabase] as const] : []),
];

/** A SQLite file; its dump is a copy of it. */
async function sqliteDatabase(): Promise<RestorableDatabase> {
  const folder = mkdtempSync(path.join(tmpdir(), 'restored-'));
  const file = path.join(folder, 'shop.db');
  const dumped = path.join(folder, 'dump.db');
  const beside = <T>(work: (database: Database.Database) => T): T => {
    const database = new Database(file);
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  beside((database) => database.exec(TABLE));
  return {
    store: () => new SqliteTrackingStore(() => new Database(file)),
    write: async (tx, { reference, outcome }) => {
      (tx as Database.Database)
        .prepare('INSERT INTO purchases (reference, outcome) VALUES (?, ?)')
        .run(reference, outcome);
    },
    rows: async () => beside((database) => database.prepare(ROWS).all() as OutcomeRow[]),
    dump: async () => {
      beside((database) => database.exec(`VACUUM INTO '${dumped}'`));
    },
    restore: async () => {
      for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
      copyFileSync(dumped, file);
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A schema in the Postgres for tests; its dump is that of `pg_dump`. */
async function postgresDatabase(): Promise<RestorableDatabase> {
  const schema = `glomopay_restored_${randomBytes(5).toString('hex')}`;
  const pool = new Pool({ connectionString: postgresUrl, options: `-c search_path=${schema}` });
  await pool.query(`CREATE SCHEMA ${schema}`);
  await pool.query(TABLE);
  let dumped = '';
  return {
    store: () => new PostgresTrackingStore(pgAdapter<PoolClient>(pool)),
    write: async (tx, { reference, outcome }) => {
      const insert = 'INSERT INTO purchases (reference, outcome) VALUES ($1, $2)';
      await (tx as PoolClient).query(insert, [reference, outcome]);
    },
    rows: async () => (await pool.query<OutcomeRow>(ROWS)).rows,
    dump: async () => {
      dumped = execFileSync('pg_dump', ['-n', schema, '-d', postgresUrl], { encoding: 'utf8' });
    },
    restore: async () => {
      await pool.query(`DROP SCHEMA ${schema} CASCADE`);
      const words = ['-v', 'ON_ERROR_STOP=1', '-q', '-d', postgresUrl];
      execFileSync('psql', words, { input: dumped, stdio: ['pipe', 'ignore', 'inherit'] });
    },
    remove: async () => {
      await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await pool.end();
    },
  };
}
