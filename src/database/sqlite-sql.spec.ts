import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { SqliteSql } from './sqlite-sql.js';

describe('SqliteSql', () => {
  let folder: string;
  let connections: Database.Database[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shop-sql-'));
    connections = [];
    connection().exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT NOT NULL)');
  });
  afterEach(() => {
    for (const each of connections) each.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function connection(): Database.Database {
    const opened = new Database(join(folder, 'shop.db'), { timeout: 0 });
    connections.push(opened);
    return opened;
  }

  function committedTexts(): unknown[] {
    return connection()
      .prepare('SELECT text FROM notes ORDER BY rowid')
      .all()
      .map((row: unknown) => (row as { text: unknown }).text);
  }

  it('commits what it writes after it had to wait for the lock of another connection', async () => {
    const other = connection();
    other.exec('BEGIN IMMEDIATE');
    const sql = new SqliteSql(connection());
    const waited = sql.run('INSERT INTO notes (text) VALUES (?)', 'waited');
    await sleep(50);
    other.exec('COMMIT');
    expect(await waited).toBe(1);
    expect(await sql.run('INSERT INTO notes (text) VALUES (?)', 'after')).toBe(1);
    expect(committedTexts()).toEqual(['waited', 'after']);
  });

  it('writes inside a transaction that is open already without ending it', async () => {
    const own = connection();
    own.exec('BEGIN IMMEDIATE');
    await new SqliteSql(own).run('INSERT INTO notes (text) VALUES (?)', 'inside');
    expect(committedTexts()).toEqual([]);
    own.exec('COMMIT');
    expect(committedTexts()).toEqual(['inside']);
  });

  it('leaves no transaction behind a statement that fails', async () => {
    const own = connection();
    await expect(
      new SqliteSql(own).run('INSERT INTO notes (text) VALUES (NULL)'),
    ).rejects.toThrow();
    expect(own.inTransaction).toBe(false);
  });
});
