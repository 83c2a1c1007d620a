import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { MemoryTrackingStore, type MemoryTransaction, type TrackingStore } from 'nestjs-glomopay';
import { PostgresTrackingStore, pgAdapter } from 'nestjs-glomopay/postgres';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { Pool, type PoolClient } from 'pg';
import { isPostgresThere, postgresUrl } from '../../libs/nestjs-glomopay/test/postgres-schema.js';

/** A database of a test's own, in which the host has a table of lines. */
export interface Storage {
  /** A store as each process opens it. */
  another(): TrackingStore;
  /** Writes a line through what the store calls a transaction. */
  write(tx: unknown, line: string): Promise<void>;
  /** The lines that were committed. */
  lines(): Promise<readonly string[]>;
  /** Everything that any table holds, bytes as what they spell; nothing of memory. */
  dump(): Promise<string>;
  close(): Promise<void>;
}

/** Every kind of database that is there. */
export const storages: readonly (readonly [string, () => Promise<Storage>])[] = [
  ['memory', memoryStorage] as const,
  ['SQLite', sqliteStorage] as const,
  ...((await isPostgresThere()) ? [['Postgres', postgresStorage] as const] : []),
];

/** All processes share one store. */
export async function memoryStorage(store = new MemoryTrackingStore()): Promise<Storage> {
  const lines: string[] = [];
  return {
    another: () => store,
    async write(tx, line) {
      (tx as MemoryTransaction).afterCommit(() => lines.push(line));
    },
    lines: async () => [...lines],
    dump: async () => '',
    close: async () => undefined,
  };
}

/** A file in a folder of its own. */
export async function sqliteStorage(): Promise<Storage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'storage-'));
  const open = () => new Database(path.join(folder, 'host.db'));
  const own = open();
  own.exec('CREATE TABLE lines (line TEXT NOT NULL)');
  return {
    another: () => new SqliteTrackingStore(open),
    async write(tx, line) {
      (tx as Database.Database).prepare('INSERT INTO lines VALUES (?)').run(line);
    },
    lines: async () => linesOf(own.prepare('SELECT line FROM lines ORDER BY rowid').all()),
    async dump() {
      // The file itself, once what was freed is gone from it and from its log.
      own.exec('VACUUM');
      own.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
      const names = readdirSync(folder);
      return names.map((name) => readFileSync(path.join(folder, name), 'latin1')).join('\n');
    },
    async close() {
      own.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let schemas = 0;

/** A schema of its own in the Postgres for tests. */
export async function postgresStorage(): Promise<Storage> {
  const schema = `storage_test_${process.pid}_${(schemas += 1)}`;
  const pools: Pool[] = [];
  const connect = () => {
    const options = `-c search_path=${schema} -c client_min_messages=error`;
    const pool = new Pool({ connectionString: postgresUrl, options, max: 4 });
    pool.on('error', () => undefined);
    pools.push(pool);
    return pool;
  };
  const own = connect();
  await own.query(`CREATE SCHEMA ${schema}`);
  await own.query('CREATE TABLE lines (id bigserial, line text NOT NULL)');
  return {
    another: () => new PostgresTrackingStore(pgAdapter<PoolClient>(connect())),
    async write(tx, line) {
      await (tx as PoolClient).query('INSERT INTO lines (line) VALUES ($1)', [line]);
    },
    lines: async () => linesOf((await own.query('SELECT line FROM lines ORDER BY id')).rows),
    async dump() {
      const { rows: tables } = await own.query<{ name: string }>(
        'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1',
        [schema],
      );
      const texts: string[] = [];
      for (const { name } of tables) {
        const { rows } = await own.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
        texts.push(...rows.map(({ row }) => row));
      }
      const spelled = texts.flatMap((text) =>
        [...text.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex = '']) =>
          Buffer.from(hex, 'hex').toString('latin1'),
        ),
      );
      return [...texts, ...spelled].join('\n');
    },
    async close() {
      await own.query(`DROP SCHEMA ${schema} CASCADE`);
      for (const pool of pools) await pool.end();
    },
  };
}

function linesOf(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => String(Reflect.get(Object(row), 'line')));
}
