import { setTimeout as sleep } from 'node:timers/promises';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import {
  assertSchema,
  SCHEMA_VERSION,
  schemaReached,
  statementsFrom,
} from '../tracking/store/schema-version.js';
import type { TableNames } from '../tracking/store/sql/table-names.js';
import { assertPlaceTakesTables } from './place-of-tables.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { postgresNames, type PostgresLocks } from './postgres-store-options.js';
import { assertPostgresRights } from './rights.js';
import { first, versions } from './schema.js';
import { sqlStateOf } from './sql-state.js';
import type { StoreAdapter } from './store-adapter.js';

/** Where tables are changed, everybody who uses them waits behind us: not longer than this. */
const LOCK_TIMEOUT = "SET LOCAL lock_timeout = '2s'";
/** A lock that was not to be had in time; two that wait for each other. */
const CONFLICTS: readonly (string | undefined)[] = ['55P03', '40P01'];
/** Two that make the first table at one moment, with nothing to wait by; two that CockroachDB has told to come again. */
const CONFLICTS_OF_ROWS = [...CONFLICTS, '23505', '42P07', '40001'];

/** A row that this transaction writes and deletes: whoever wants to write it too waits for the commit. */
const BY_ROW = [
  `INSERT INTO glomopay_migrations (version) VALUES (0)
    ON CONFLICT (version) DO UPDATE SET version = excluded.version`,
  'DELETE FROM glomopay_migrations WHERE version = 0',
];

/** The role may not create in the schema, or does not own a table that has to be changed. */
const DENIED = '42501';

const TRIES = 30;
const PAUSE_MS = 1_000;

/**
 * Brings the tables to this version; another process that starts meanwhile waits and finds them. A role
 * that may not create anything can start where they are there already.
 *
 * @throws {GlomopayConfigurationError} the tables are those of a newer version, or the role lacks rights on
 *   them, or the database takes no writes.
 */
export async function migratePostgres(
  adapter: StoreAdapter<unknown>,
  locks: PostgresLocks,
): Promise<void> {
  const conflicts = locks === 'rows' ? CONFLICTS_OF_ROWS : CONFLICTS;
  if ((await usable(adapter, locks)) >= SCHEMA_VERSION) return;
  for (let tries = TRIES; ; tries -= 1) {
    try {
      return await adapter.patient.transaction((_, query) =>
        migrateInside(query, adapter.names, locks),
      );
    } catch (thrown) {
      if (sqlStateOf(thrown) === DENIED) throw mayNotMake();
      if (!conflicts.includes(sqlStateOf(thrown)) || tries === 1) throw thrown;
    }
    await sleep(PAUSE_MS);
  }
}

/**
 * @throws {GlomopayConfigurationError} the tables are missing, or those of another version, or the role
 *   lacks rights on them, or the database takes no writes.
 */
export async function assertPostgresMigrated(
  adapter: StoreAdapter<unknown>,
  locks: PostgresLocks,
): Promise<void> {
  assertSchema(await usable(adapter, locks), 'postgres', adapter.names);
}

/** What brings tables of a version to this one, to be run by hand. */
export function postgresMigrations(from: number, names = postgresNames({})): string[] {
  const statements = statementsFrom(from, first, versions).map((one) => names.in(one));
  return statements.length === 0 ? [] : ['BEGIN', LOCK_TIMEOUT, ...statements, 'COMMIT'];
}

/**
 * How far the tables have come that our statements find; 0: there are none.
 *
 * @throws {GlomopayConfigurationError} they are those of a newer version, or the database takes no writes.
 */
export async function postgresReached({ query, names }: StoreAdapter<unknown>): Promise<number> {
  return (await assertPlaceTakesTables(query, names)) ? recorded(query) : 0;
}

function mayNotMake(): GlomopayConfigurationError {
  return new GlomopayConfigurationError([
    'store: its database role may not make its tables or change them; as their owner, run what `npx nestjs-glomopay migrations --dialect postgres` prints, and the grants in it',
  ]);
}

/** The same for an application, whose role must have its rights on them. */
async function usable(adapter: StoreAdapter<unknown>, locks: PostgresLocks): Promise<number> {
  const { query, names } = adapter;
  if (!(await assertPlaceTakesTables(query, names))) return 0;
  await assertPostgresRights(adapter, locks);
  return recorded(query);
}

async function migrateInside(
  query: PostgresQuery,
  names: TableNames,
  locks: PostgresLocks,
): Promise<void> {
  await query(LOCK_TIMEOUT, []);
  if (locks === 'advisory') {
    await query(`SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))::text`, [
      lockOf(names),
    ]);
  }
  // Not `postgresReached`: what a session has looked up in the catalogue it may remember until it locks a table.
  await query(first, []);
  if (locks === 'rows') for (const statement of BY_ROW) await query(statement, []);
  for (const statement of statementsFrom(await recorded(query), first, versions)) {
    await query(statement, []);
  }
}

/** Tables elsewhere in the database are made beside these, not after them. */
function lockOf({ schema, tablePrefix }: TableNames): string {
  return ['glomopay migrate', schema ?? '', tablePrefix].join(' ').trimEnd();
}

/** As JSON, because a column may not be there yet. */
async function recorded(query: PostgresQuery): Promise<number> {
  return schemaReached(
    await query(
      `SELECT m.version::text AS version, to_json(m)->>'compatible_from' AS compatible_from
      FROM glomopay_migrations m`,
      [],
    ),
  );
}
