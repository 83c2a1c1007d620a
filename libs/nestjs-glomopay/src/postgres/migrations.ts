import { setTimeout as sleep } from 'node:timers/promises';
import {
  assertSchema,
  SCHEMA_VERSION,
  schemaReached,
  statementsFrom,
} from '../tracking/store/schema-version.js';
import type { PostgresAdapter, PostgresQuery } from './postgres-adapter.js';
import type { PostgresLocks } from './postgres-store-options.js';
import { first, versions } from './schema.js';
import { sqlStateOf } from './sql-state.js';

/** Where tables are changed, everybody who uses them waits behind us: not longer than this. */
const LOCK_TIMEOUT = "SET LOCAL lock_timeout = '2s'";
/** A lock that was not to be had in time; two that wait for each other. */
const CONFLICTS: readonly (string | undefined)[] = ['55P03', '40P01'];
/** Two that make the first table at one moment, with nothing to wait by; two that CockroachDB has told to come again. */
const CONFLICTS_OF_ROWS = [...CONFLICTS, '23505', '42P07', '40001'];

/** What makes everybody else who migrates wait. */
const BY_ADVISORY_LOCK = [
  `SELECT pg_advisory_xact_lock(hashtextextended('glomopay migrate', 0))::text`,
  // Not `reached`: what a session has looked up in the catalogue it may remember until it locks a table.
  first,
];
/** A row that this transaction writes and deletes: whoever wants to write it too waits for the commit. */
const BY_ROW = [
  first,
  `INSERT INTO glomopay_migrations (version) VALUES (0)
    ON CONFLICT (version) DO UPDATE SET version = excluded.version`,
  'DELETE FROM glomopay_migrations WHERE version = 0',
];

const TRIES = 30;
const PAUSE_MS = 1_000;

/**
 * Brings the tables to this version; another process that starts meanwhile waits and finds them. A role
 * that may not create anything can start where they are there already.
 *
 * @throws {GlomopayConfigurationError} the tables are those of a newer version.
 */
export async function migratePostgres(
  adapter: PostgresAdapter<unknown>,
  locks: PostgresLocks,
): Promise<void> {
  const conflicts = locks === 'rows' ? CONFLICTS_OF_ROWS : CONFLICTS;
  if ((await reached(adapter.query)) >= SCHEMA_VERSION) return;
  for (let tries = TRIES; ; tries -= 1) {
    try {
      return await adapter.transaction((_, query) => migrateInside(query, locks));
    } catch (thrown) {
      if (!conflicts.includes(sqlStateOf(thrown)) || tries === 1) throw thrown;
    }
    await sleep(PAUSE_MS);
  }
}

/** @throws {GlomopayConfigurationError} the tables are missing, or those of another version. */
export async function assertPostgresMigrated(adapter: PostgresAdapter<unknown>): Promise<void> {
  assertSchema(await reached(adapter.query), 'postgres');
}

/** What brings tables of a version to this one, to be run by hand. */
export function postgresMigrations(from: number): string[] {
  const statements = statementsFrom(from, first, versions);
  return statements.length === 0 ? [] : ['BEGIN', LOCK_TIMEOUT, ...statements, 'COMMIT'];
}

async function migrateInside(query: PostgresQuery, locks: PostgresLocks): Promise<void> {
  await query(LOCK_TIMEOUT, []);
  for (const statement of locks === 'rows' ? BY_ROW : BY_ADVISORY_LOCK) await query(statement, []);
  for (const statement of statementsFrom(await recorded(query), first, versions)) {
    await query(statement, []);
  }
}

/**
 * How far the tables have come that our statements find. Those of another schema of the path are taken
 * only by a role that could not make its own in the first one.
 */
async function reached(query: PostgresQuery): Promise<number> {
  const [there] = await query(
    `SELECT coalesce(to_regclass(format('%I.glomopay_migrations', current_schema())),
      CASE WHEN NOT has_schema_privilege(current_schema(), 'CREATE')
        THEN to_regclass('glomopay_migrations') END)::text AS tables`,
    [],
  );
  return typeof there?.['tables'] === 'string' ? recorded(query) : 0;
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
