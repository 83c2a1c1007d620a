import { onlyRow, text, whole } from '../tracking/store/row.js';
import { assertRights } from '../tracking/store/sql/missing-rights.js';
import type { TableNames } from '../tracking/store/sql/table-names.js';
import { applicationRights, type TableRight } from './grants.js';
import type { MysqlQuery } from './mysql-adapter.js';
import { isDenied } from './mysql-error.js';

/** What the account of the connection may do with our tables, as far as columns tell. */
export interface SeenRights {
  /** As the server has it: `user@host`. */
  readonly account: string;
  /** By table, as statements name it; one of which the account sees nothing has none. */
  readonly of: ReadonlyMap<string, ReadonlySet<string>>;
  /** MariaDB lets rows be locked by whoever may read them. */
  readonly locksByReading: boolean;
}

const TABLES = Object.keys(applicationRights);

/**
 * The server itself says what the account may do with a column, whoever it has that from: by a grant on
 * everything, the database, the table or columns of it, or by a role that is active. A `UNION` of single
 * names, since a list would have the server open every table of the database.
 */
const BY_COLUMNS = TABLES.map(
  (table, nth) => `SELECT ${nth} AS nth, CURRENT_USER() AS account, VERSION() AS version,
    COALESCE(GROUP_CONCAT(DISTINCT privileges), '') AS rights FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = '${table}'`,
).join(' UNION ALL ');

/** A right to delete is of no column. All of them in one statement, which is planned and never run. */
const DELETING = TABLES.filter((table) => applicationRights[table]?.includes('DELETE'));
const DELETES = `EXPLAIN DELETE ${DELETING.map((_, nth) => `t${nth}`).join(', ')}
  FROM ${DELETING.map((table, nth) => `${table} t${nth}`).join(' JOIN ')} WHERE 1 = 0`;

/** The rights that columns tell of. */
export async function seenRights(query: MysqlQuery, names: TableNames): Promise<SeenRights> {
  const { rows } = await query(names.in(BY_COLUMNS));
  return {
    account: text(onlyRow(rows.slice(0, 1)), 'account'),
    locksByReading: /mariadb/i.test(text(onlyRow(rows.slice(0, 1)), 'version')),
    of: new Map(
      rows.map((row) => [
        TABLES[whole(row, 'nth')] ?? '',
        new Set(text(row, 'rights').toUpperCase().split(',').filter(Boolean)),
      ]),
    ),
  };
}

/**
 * @param seen What columns have told.
 * @throws {GlomopayConfigurationError} the account has not got what the store needs.
 */
export async function assertMysqlRights(
  query: MysqlQuery,
  names: TableNames,
  seen: SeenRights,
): Promise<void> {
  const undeletable = await deniedDeletes(query, names);
  const missing = TABLES.flatMap((table) => {
    const rights = neededOn(table, seen).filter((right) =>
      right === 'DELETE' ? undeletable.has(table) : !seen.of.get(table)?.has(right),
    );
    if (rights.length === 0) return [];
    const on = names.qualified(table);
    const grant = `GRANT ${rights.join(', ')} ON ${on} TO ${grantee(seen.account)}`;
    return [{ on, rights, grant }];
  });
  assertRights(grantee(seen.account), missing);
}

/** What an account needs on a server that is like the one that was seen. */
function neededOn(table: string, { locksByReading }: SeenRights): readonly TableRight[] {
  const rights = applicationRights[table] ?? [];
  const isOnlyLocked = table === 'glomopay_locks' && locksByReading;
  return isOnlyLocked ? rights.filter((right) => right !== 'UPDATE') : rights;
}

/** Asks for each table by itself only when the server has refused all of them together. */
async function deniedDeletes(query: MysqlQuery, names: TableNames): Promise<ReadonlySet<string>> {
  const denied = new Set<string>();
  if (!(await isRefused(query, names.in(DELETES)))) return denied;
  for (const table of DELETING) {
    const statement = `EXPLAIN DELETE FROM ${table} WHERE 1 = 0`;
    if (await isRefused(query, names.in(statement))) denied.add(table);
  }
  return denied;
}

async function isRefused(query: MysqlQuery, statement: string): Promise<boolean> {
  try {
    await query(statement);
    return false;
  } catch (thrown) {
    if (isDenied(thrown)) return true;
    throw thrown;
  }
}

/** An account as `GRANT` wants it; a host has no `@` in it. */
function grantee(account: string): string {
  const at = account.lastIndexOf('@');
  return `${quoted(account.slice(0, at))}@${quoted(account.slice(at + 1))}`;
}

function quoted(part: string): string {
  return `'${part.replaceAll("'", "''")}'`;
}
