import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import {
  assertSchema,
  SCHEMA_VERSION,
  schemaReached,
  statementsFrom,
} from '../tracking/store/schema-version.js';
import type { TableNames } from '../tracking/store/sql/table-names.js';
import { onlyRow, whole } from '../tracking/store/row.js';
import type { MysqlQuery } from './mysql-adapter.js';
import { isDenied } from './mysql-error.js';
import type { MysqlStoreAdapter } from './mysql-sql.js';
import { mysqlNames } from './mysql-store-options.js';
import { assertMysqlRights, seenRights } from './rights.js';
import { first, OLDEST, versions } from './schema.js';

const LOCK_SECONDS = 300;

/**
 * Brings the tables to this version; another process that starts meanwhile waits and finds them. An
 * account that may not create anything can start where they are there already. MySQL commits each step
 * by itself: what was killed between two of them goes on where it was, and the version is noted last.
 *
 * @throws {GlomopayConfigurationError} the tables are those of a newer version, or the account lacks
 *   rights on them.
 */
export async function migrateMysql(adapter: MysqlStoreAdapter<unknown>): Promise<void> {
  const { names } = adapter;
  if ((await usable(adapter)) >= SCHEMA_VERSION) return;
  try {
    await adapter.patient.transaction((_, query) => migrateInside(query, names));
  } catch (thrown) {
    throw isDenied(thrown) ? mayNotCreate() : thrown;
  }
  await usable(adapter);
}

async function migrateInside(query: MysqlQuery, names: TableNames): Promise<void> {
  const lockName = lockNameOf(names);
  await lock(query, lockName);
  try {
    for (const step of mysqlMigrations(await mysqlReached(query, names), names)) {
      await query(step);
    }
  } finally {
    await query(`SELECT RELEASE_LOCK(${lockName}) AS released`);
  }
}

function mayNotCreate(): GlomopayConfigurationError {
  return new GlomopayConfigurationError([
    'store: its database account sees no current tables of the store and may not create them; as an account that may, run what `npx nestjs-glomopay migrations --dialect mysql` prints, and the grants in it',
  ]);
}

function noDatabase(): GlomopayConfigurationError {
  return new GlomopayConfigurationError([
    'store: its connections are in no database; name one where the pool is made',
  ]);
}

/**
 * @throws {GlomopayConfigurationError} the tables are missing, or those of another version, or the account
 *   lacks rights on them.
 */
export async function assertMysqlMigrated(adapter: MysqlStoreAdapter<unknown>): Promise<void> {
  assertSchema(await usable(adapter), 'mysql', adapter.names);
}

/**
 * How far the tables have come that this account can use; 0: there are none that it sees.
 *
 * @throws {GlomopayConfigurationError} they are those of a newer version, or the account lacks rights.
 */
async function usable({ query, names }: MysqlStoreAdapter<unknown>): Promise<number> {
  const seen = await seenRights(query, names);
  if ([...seen.of.values()].every((rights) => rights.size === 0)) return 0;
  const mayLook = seen.of.get('glomopay_migrations')?.has('SELECT') === true;
  const reached = mayLook ? await recorded(query, names) : SCHEMA_VERSION;
  // Tables that were made in part only are made to their end first.
  if (reached >= SCHEMA_VERSION) await assertMysqlRights(query, names, seen);
  return reached;
}

/**
 * What brings tables of a version to this one, also by hand. A session with `autocommit = 0` has noted the
 * version in a transaction, and that is committed at the end.
 */
export function mysqlMigrations(from: number, names = mysqlNames()): string[] {
  const statements = statementsFrom(from, first, versions, OLDEST).map((one) => names.in(one));
  return statements.length === 0 ? [] : [...statements, 'COMMIT'];
}

/**
 * A name of the server, so with those of the database and of the tables in it; by a hash, since it has room
 * for 64 characters. `SHA2`, because MySQL has `MD5` and `SHA1` by a component only (from 9.6 on).
 */
function lockNameOf({ tablePrefix }: TableNames): string {
  const tables = tablePrefix === '' ? 'DATABASE()' : `CONCAT(DATABASE(), '/${tablePrefix}')`;
  return `CONCAT('glomopay ', LEFT(SHA2(${tables}, 256), 32))`;
}

/** Of the session: the steps end every transaction. */
async function lock(query: MysqlQuery, name: string): Promise<void> {
  const { rows } = await query(
    `SELECT DATABASE() IS NOT NULL AS is_placed,
      IF(DATABASE() IS NULL, 0, GET_LOCK(${name}, ${LOCK_SECONDS})) AS locked`,
  );
  const row = onlyRow(rows);
  if (whole(row, 'is_placed') === 0) throw noDatabase();
  if (row['locked'] !== null && whole(row, 'locked') === 1) return;
  throw new Error(`Another process has been making the tables for ${LOCK_SECONDS} s; start again`);
}

/**
 * How far the tables have come; 0: there are none.
 *
 * @throws {GlomopayConfigurationError} they are those of a newer version.
 */
export async function mysqlReached(query: MysqlQuery, names: TableNames): Promise<number> {
  const there = `SELECT 1 AS there FROM information_schema.tables
    WHERE table_schema = DATABASE() AND table_name = 'glomopay_migrations'`;
  return (await query(names.in(there))).rows.length === 0 ? 0 : recorded(query, names);
}

async function recorded(query: MysqlQuery, names: TableNames): Promise<number> {
  return schemaReached((await query(names.in('SELECT * FROM glomopay_migrations'))).rows);
}
