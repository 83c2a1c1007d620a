import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { isThere } from './is-there.js';

/** The Postgres for tests: `TEST_DATABASE_URL`, or the database `test` of this machine. */
export const postgresUrl =
  process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test';

/** Where the tests look for a server, without credentials. */
export const postgresPlace = `Postgres at ${new URL(postgresUrl).host}`;

/** Whether a server answers; where it must, a file without one fails. */
export async function isPostgresThere(): Promise<boolean> {
  return isThere(postgresPlace, async () => {
    const client = new Client({ connectionString: postgresUrl, connectionTimeoutMillis: 3_000 });
    return client.connect().then(
      () => client.end().then(() => true),
      () => false,
    );
  });
}

/** TRUNCATE would make every file of a table and of its indexes anew: as slow as to make the tables. */
const DELETES = `SELECT string_agg(format('DELETE FROM %s', oid::regclass), ';') AS deletes FROM pg_class
  WHERE relnamespace = $1::regnamespace AND relkind = 'r' AND relname <> 'glomopay_migrations'`;

/** A schema of its own with a table of the host, `lines`. */
export interface PostgresSchema {
  readonly name: string;
  /** Connects to the schema, with whatever else a session has set. */
  config(settings?: string): { connectionString: string; options: string };
  readonly host: Pool;
  lines(): Promise<string[]>;
  /** Takes every row but what the migrations have noted, from the tables that were there the first time. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

/** The schema of a connection; Prisma looks for its models there only when it is told. */
export function schemaOf({ options }: { options: string }): string {
  return /search_path=(\S+)/.exec(options)?.[1] ?? 'public';
}

export async function aPostgresSchema(): Promise<PostgresSchema> {
  const name = `glomopay_test_${randomBytes(6).toString('hex')}`;
  const config = (settings = '') => ({
    connectionString: postgresUrl,
    options: `-c search_path=${name} ${settings}`.trimEnd(),
  });
  let deletes: string | undefined;
  const host = new Pool({ ...config('-c synchronous_commit=off'), max: 2 });
  await host.query(`CREATE SCHEMA ${name}`);
  await host.query('CREATE TABLE lines (line text NOT NULL)');
  return {
    name,
    config,
    host,
    lines: async () =>
      (await host.query<{ line: string }>('SELECT line FROM lines')).rows.map(({ line }) => line),
    async empty() {
      // Once, for no index leads to the tables of a schema, and that of many tests is a long list.
      deletes ??= (await host.query<{ deletes: string }>(DELETES, [name])).rows[0]?.deletes;
      if (deletes !== undefined) await host.query(deletes);
    },
    async drop() {
      await host.query('SET client_min_messages = error');
      await host.query(`DROP SCHEMA ${name} CASCADE`);
      await host.end();
    },
  };
}

/** A schema for the tests of a file, one after the other: whoever drops it leaves the tables to the next. */
export function aSchemaHandedOn<Schema extends PostgresSchema = PostgresSchema>(
  aSchema: () => Promise<Schema>,
): { next(): Promise<Schema>; drop(): Promise<void> } {
  let made: Promise<Schema> | undefined;
  return {
    async next() {
      const schema = await (made ??= aSchema());
      return { ...schema, drop: () => schema.empty() };
    },
    drop: async () => (await made)?.drop(),
  };
}
