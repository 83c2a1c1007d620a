import {
  assertSchema,
  SCHEMA_VERSION,
  schemaReached,
  statementsFrom,
} from '../tracking/store/schema-version.js';
import { onlyRow, whole } from '../tracking/store/row.js';
import type { MysqlQuery } from './mysql-adapter.js';
import type { MysqlStoreAdapter } from './mysql-sql.js';
import { first, OLDEST, versions } from './schema.js';

/** A name of the server, so with that of the database in it. */
const LOCK_NAME = `CONCAT('glomopay ', MD5(DATABASE()))`;
const LOCK_SECONDS = 300;

/**
 * Brings the tables to this version; another process that starts meanwhile waits and finds them. An
 * account that may not create anything can start where they are there already. MySQL commits each step
 * by itself: what was killed between two of them goes on where it was, and the version is noted last.
 *
 * @throws {GlomopayConfigurationError} the tables are those of a newer version.
 */
export async function migrateMysql(adapter: MysqlStoreAdapter<unknown>): Promise<void> {
  if ((await reached(adapter.query)) >= SCHEMA_VERSION) return;
  await adapter.patient.transaction(async (_, query) => {
    await lock(query);
    try {
      for (const step of mysqlMigrations(await reached(query))) await query(step);
    } finally {
      await query(`SELECT RELEASE_LOCK(${LOCK_NAME}) AS released`);
    }
  });
}

/** @throws {GlomopayConfigurationError} the tables are missing, or those of another version. */
export async function assertMysqlMigrated(adapter: MysqlStoreAdapter<unknown>): Promise<void> {
  assertSchema(await reached(adapter.query), 'mysql');
}

/** What brings tables of a version to this one, to be run by hand. */
export function mysqlMigrations(from: number): string[] {
  return statementsFrom(from, first, versions, OLDEST);
}

/** Of the session: the steps end every transaction. */
async function lock(query: MysqlQuery): Promise<void> {
  const { rows } = await query(`SELECT GET_LOCK(${LOCK_NAME}, ${LOCK_SECONDS}) AS locked`);
  if (onlyRow(rows)['locked'] !== null && whole(onlyRow(rows), 'locked') === 1) return;
  throw new Error(`Another process has been making the tables for ${LOCK_SECONDS} s; start again`);
}

async function reached(query: MysqlQuery): Promise<number> {
  const { rows } = await query(`SELECT 1 AS there FROM information_schema.tables
    WHERE table_schema = DATABASE() AND table_name = 'glomopay_migrations'`);
  if (rows.length === 0) return 0;
  return schemaReached((await query('SELECT * FROM glomopay_migrations')).rows);
}
