import { Named } from '../errors/named.decorator.js';
import { SqlInboxStore } from '../tracking/store/sql/sql-inbox-store.js';
import { SqlTrackingStore } from '../tracking/store/sql/sql-tracking-store.js';
import type { ExaminableTables, TablesReport } from '../tracking/store/sql/tables-report.js';
import { examineSqlite } from './examine-tables.js';
import { SqliteConnections } from './sqlite-connections.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteEvents } from './sqlite-events.js';
import { assertSqliteMigrated, migrateSqlite } from './sqlite-migrations.js';
import { checkedSqliteNames, type SqliteStoreOptions } from './sqlite-store-options.js';
import { SqliteMovements } from './sqlite-movements.js';

/**
 * Keeps tracked payments in a SQLite file on a local disk, in tables named `glomopay_…`, with a
 * prefix of your choice; durable through a power cut, and safe for several processes of one machine.
 *
 * The store opens its own connections with the function you give. Outcome handlers get the
 * connection that their transaction runs on. SQLite has one writer at a time: while a handler runs,
 * every other write waits, so a handler must be short, and must write to this file through its `tx`
 * only. Through a second connection of the same process it would wait for itself.
 *
 * @example
 * new SqliteTrackingStore(() => new Database('.data/payments.db'));
 */
@Named('SqliteTrackingStore')
export class SqliteTrackingStore<Database extends SqliteDatabase>
  extends SqlTrackingStore<Database>
  implements ExaminableTables
{
  readonly #connections: SqliteConnections<Database>;

  /** @throws {GlomopayConfigurationError} an option that cannot be used. */
  constructor(open: () => Database, options: SqliteStoreOptions = {}) {
    const connections = new SqliteConnections(open, checkedSqliteNames(options));
    super(new SqliteMovements(connections), new SqlInboxStore(new SqliteEvents(connections)));
    this.#connections = connections;
  }

  /**
   * @throws {GlomopayConfigurationError} the file cannot be written durably, or its tables are those of
   *   a newer version.
   */
  override migrate(): Promise<void> {
    return this.#connections.open(migrateSqlite);
  }

  /**
   * @throws {GlomopayConfigurationError} the file cannot be written durably, or its tables are missing
   *   or those of another version.
   */
  override assertMigrated(): Promise<void> {
    return this.#connections.open(assertSqliteMigrated);
  }

  examineTables(): Promise<TablesReport> {
    return this.#connections.undone(examineSqlite);
  }

  /** Waits for writes that are under way, then closes the store's connections. */
  override async close(): Promise<void> {
    await super.close();
    await this.#connections.close();
  }
}
