import type { PostgresStoreOptions } from '../src/postgres/postgres-store-options.js';
import { aPostgresSchema, type PostgresSchema } from './postgres-schema.js';

/** A schema for the host, and another for the store, which is not in the path of any connection. */
export interface PostgresPlace extends PostgresSchema {
  readonly place: Required<Pick<PostgresStoreOptions, 'schema' | 'tablePrefix'>>;
}

const TABLES = [
  'events',
  'event_handlers',
  'event_keys',
  'handlers',
  'history',
  'locks',
  'migrations',
  'movements',
  'payments',
];

/**
 * A place whose names all need quotes. Where the connections look by themselves there are tables of the
 * same names, with and without the prefix, which the store must never touch: they take nothing.
 */
export async function aPostgresPlace(tablePrefix = 'Shop_'): Promise<PostgresPlace> {
  const outer = await aPostgresSchema();
  const schema = `Weird ${outer.name}`;
  await outer.host.query(`CREATE SCHEMA "${schema}"`);
  for (const table of TABLES) {
    for (const name of new Set([`glomopay_${table}`, `${tablePrefix}glomopay_${table}`])) {
      await outer.host.query(`CREATE TABLE "${name}" (decoy int CHECK (false))`);
    }
  }
  return {
    ...outer,
    place: { schema, tablePrefix },
    async empty() {
      await outer.empty();
      const { rows } = await outer.host.query<{ relname: string }>(
        `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = $1::regnamespace
          AND relname NOT LIKE '%glomopay_migrations'`,
        [`"${schema}"`],
      );
      for (const { relname } of rows) {
        await outer.host.query(`DELETE FROM "${schema}"."${relname}"`);
      }
    },
    async drop() {
      await outer.host.query(`SET client_min_messages = error; DROP SCHEMA "${schema}" CASCADE`);
      await outer.drop();
    },
  };
}
