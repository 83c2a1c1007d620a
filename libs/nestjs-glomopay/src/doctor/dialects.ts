import type { Dialect } from './dialect.js';
import { mysqlDialect } from './mysql-dialect.js';
import { postgresDialect } from './postgres-dialect.js';
import { sqliteDialect } from './sqlite-dialect.js';

/** Every database that the program knows. */
export const dialects: Readonly<Record<'postgres' | 'sqlite' | 'mysql', Dialect>> = {
  postgres: postgresDialect,
  sqlite: sqliteDialect,
  mysql: mysqlDialect,
};

export type DialectName = keyof typeof dialects;

export const dialectNames = Object.keys(dialects) as DialectName[];

/** Which database an address is of. */
export function dialectOf(url: string): DialectName | undefined {
  return dialectNames.find((name) =>
    dialects[name].schemes.some((scheme) => url.startsWith(scheme)),
  );
}
