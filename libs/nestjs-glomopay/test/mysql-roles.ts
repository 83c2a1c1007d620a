import { randomBytes } from 'node:crypto';
import { createPool, type PoolConnection } from 'mysql2/promise';
import { applicationRights, grantsOf } from '../src/mysql/grants.js';
import { mysql2Adapter } from '../src/mysql/mysql2.adapter.js';
import { mysqlNames } from '../src/mysql/mysql-store-options.js';
import { MysqlTrackingStore } from '../src/mysql/mysql-tracking-store.js';
import { aMysqlDatabase, type MysqlDatabase, type MysqlPlace } from './mysql-database.js';

/** A database whose tables are there, and an account that only works with them. */
export interface MysqlRoles extends MysqlDatabase {
  /** Where the owner connects to; `place` is the account's. */
  readonly owner: MysqlPlace;
  /** The account as SQL has it. */
  readonly app: string;
}

/** Every right of the account, one by one. */
export const singleRights: readonly (readonly [right: string, table: string])[] = Object.entries(
  applicationRights,
).flatMap(([table, rights]) => rights.map((right) => [right, table] as const));

/** @param grants What the account gets, if not what the documentation says. */
export async function aMysqlDatabaseWithRoles(
  grants = (account: string): readonly string[] => grantsOf(mysqlNames(), account),
): Promise<MysqlRoles> {
  const database = await aMysqlDatabase();
  const user = `app_${randomBytes(6).toString('hex')}`;
  const app = `'${user}'@'%'`;
  const pool = createPool({ ...database.place, connectionLimit: 1 });
  await new MysqlTrackingStore(mysql2Adapter<PoolConnection>(pool)).migrate();
  await pool.end();
  await database.host.query(`CREATE USER ${app} IDENTIFIED BY 'secret'`);
  for (const grant of grants(app)) await database.host.query(grant);
  await database.host.query(`GRANT INSERT ON \`lines\` TO ${app}`);
  return {
    ...database,
    owner: database.place,
    place: { ...database.place, user, password: 'secret' },
    app,
    async drop() {
      await database.host.query(`DROP USER ${app}`);
      await database.drop();
    },
  };
}
