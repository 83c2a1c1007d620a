import { readFileSync } from 'node:fs';
import type { SqliteDatabase } from '../src/sqlite/sqlite-database.js';
import type { ExaminableTables } from '../src/tracking/store/sql/tables-report.js';

const page = readFileSync(new URL('../../../docs/dba.md', import.meta.url), 'utf8');

/** The SQL of docs/dba.md that moves tables of Postgres, under the prefix `shop_`. */
export function postgresMove(from: string, to: string): string {
  const [, move = ''] = /```sql\n([^]*?)```/.exec(page) ?? [];
  return move.replaceAll('public', from).replaceAll('payments', to);
}

/** What docs/dba.md says of tables of SQLite: done, for a store that has the prefix `shop_`. */
export async function moveSqlite(database: SqliteDatabase, store: ExaminableTables): Promise<void> {
  const tables = database
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'glomopay\\_%' ESCAPE '\\'`,
    )
    .all();
  for (const row of tables) {
    const name = String(Reflect.get(Object(row), 'name'));
    database.exec(`ALTER TABLE ${name} RENAME TO shop_${name}`);
  }
  const { differences } = await store.examineTables();
  for (const { problem, kind, name } of differences) {
    if (problem === 'unknown' && kind === 'index') database.exec(`DROP INDEX ${name}`);
  }
  for (const { mend = [] } of differences) for (const one of mend) database.exec(one);
}
