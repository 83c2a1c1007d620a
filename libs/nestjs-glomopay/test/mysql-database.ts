import { randomBytes } from 'node:crypto';
import { createConnection, createPool, type Pool, type PoolOptions } from 'mysql2/promise';
import { isThere } from './is-there.js';

/** The MySQL or MariaDB for tests: `TEST_MYSQL_URL`, or that of this machine. */
export const mysqlUrl = process.env['TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306';

/** Where the tests look for a server, without credentials. */
export const mysqlPlace = `MySQL or MariaDB at ${new URL(mysqlUrl).host}`;

/** Whether a server answers; where it must, a file without one fails. */
export async function isMysqlThere(): Promise<boolean> {
  return isThere(mysqlPlace, async () =>
    createConnection({ uri: mysqlUrl, connectTimeout: 3_000 }).then(
      (connection) => connection.end().then(() => true),
      () => false,
    ),
  );
}

/** Where a pool of a test connects to. */
export interface MysqlPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** A database of its own with a table of the host, `lines`. */
export interface MysqlDatabase {
  readonly place: MysqlPlace;
  /** What stands before the names of the store's tables. @defaultValue nothing */
  readonly tablePrefix?: string;
  readonly host: Pool;
  rows(statement: string): Promise<Record<string, unknown>[]>;
  lines(): Promise<string[]>;
  /** Takes every row but what the migrations have noted. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

export async function aMysqlDatabase(): Promise<MysqlDatabase> {
  const { hostname, port, username, password } = new URL(mysqlUrl);
  const database = `glomopay_test_${randomBytes(6).toString('hex')}`;
  const place = {
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database,
  };
  const first = await createConnection({ ...place, database: '' });
  await first.query(`CREATE DATABASE ${database}`);
  await first.end();
  const options: PoolOptions = { ...place, connectionLimit: 2, multipleStatements: true };
  const host = createPool(options);
  await host.query('CREATE TABLE `lines` (line VARBINARY(1000) NOT NULL) ENGINE = InnoDB');
  const rows = async (statement: string): Promise<Record<string, unknown>[]> => {
    const [answer] = await host.query(statement);
    return Array.isArray(answer) ? answer.map((row) => ({ ...row })) : [];
  };
  return {
    place,
    host,
    rows,
    lines: async () => (await rows('SELECT line FROM `lines`')).map(({ line }) => String(line)),
    async empty() {
      const tables = await rows(`SELECT table_name AS name FROM information_schema.tables
        WHERE table_schema = DATABASE() AND table_name NOT LIKE '%glomopay_migrations'`);
      for (const { name } of tables) await host.query(`DELETE FROM \`${String(name)}\``);
    },
    async drop() {
      await host.query(`DROP DATABASE ${database}`);
      await host.end();
    },
  };
}

/** A database for the tests of a file, one after the other: whoever drops it leaves the tables to the next. */
export function aDatabaseHandedOn(make: () => Promise<MysqlDatabase> = aMysqlDatabase): {
  next(): Promise<MysqlDatabase>;
  drop(): Promise<void>;
} {
  let made: Promise<MysqlDatabase> | undefined;
  return {
    async next() {
      const database = await (made ??= make());
      return { ...database, drop: () => database.empty() };
    },
    drop: async () => (await made)?.drop(),
  };
}
