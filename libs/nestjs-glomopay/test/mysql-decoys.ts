import { aMysqlDatabase, type MysqlDatabase } from './mysql-database.js';

const TABLES = [
  'events',
  'event_handlers',
  'event_keys',
  'handlers',
  'history',
  'locks',
  'migrations',
  'movements',
];

/**
 * A database where the store has its tables under a prefix, whose name needs quotes. Under the plain names
 * there are other tables, which the store must never touch: they take nothing.
 */
export async function aMysqlDatabaseWithDecoys(tablePrefix = 'Shop_'): Promise<MysqlDatabase> {
  const database = await aMysqlDatabase();
  for (const table of TABLES) {
    await database.host.query(
      `CREATE TABLE glomopay_${table} (decoy INTEGER, CONSTRAINT nothing CHECK (decoy IS NULL AND decoy > 0))`,
    );
  }
  return { ...database, tablePrefix };
}
