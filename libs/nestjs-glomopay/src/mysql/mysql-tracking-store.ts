import { Named } from '../errors/named.decorator.js';
import { withinAMinute } from '../tracking/store/sql/effect-limit.js';
import { SqlInboxStore } from '../tracking/store/sql/sql-inbox-store.js';
import { SqlTrackingStore } from '../tracking/store/sql/sql-tracking-store.js';
import type { ExaminableTables, TablesReport } from '../tracking/store/sql/tables-report.js';
import type { TrackedKey } from '../tracking/store/tracked-record.js';
import type { Settled, Settlement } from '../tracking/store/tracking-store.js';
import { examineMysql } from './examine-tables.js';
import { checkSettings } from './server-settings.js';
import { assertMysqlMigrated, migrateMysql } from './migrations.js';
import type { MysqlAdapter } from './mysql-adapter.js';
import { MysqlEvents } from './mysql-events.js';
import { MysqlMovements } from './mysql-movements.js';
import { MysqlStoreAdapter } from './mysql-sql.js';
import { checkedMysqlNames, type MysqlStoreOptions } from './mysql-store-options.js';

/**
 * Keeps tracked payments in your MariaDB (10.6 or later) or MySQL (8.0.4 or later), in InnoDB tables named
 * `glomopay_…` of the connection's database, with a prefix of your choice.
 *
 * Leases and dates go by the server's clock. Whether a commit waits for the disk is a setting of the whole
 * server, `innodb_flush_log_at_trx_commit`, and `sync_binlog` where it has a binary log; a start warns
 * where they are not 1.
 *
 * What the store writes joins no transaction of yours, and stands when that one is rolled back. A
 * statement that is not answered within 10 seconds fails and its connection is thrown away; so is a
 * settlement whose outcome handlers take longer than a minute.
 *
 * @example
 * new MysqlTrackingStore(mysql2Adapter(pool));
 * new MysqlTrackingStore(mysql2Adapter(pool), { tablePrefix: 'shop_' });
 */
@Named('MysqlTrackingStore')
export class MysqlTrackingStore<Tx> extends SqlTrackingStore<Tx> implements ExaminableTables {
  readonly #adapter: MysqlStoreAdapter<Tx>;

  /**
   * The connections stay the host's: `close` leaves them open.
   *
   * @throws {GlomopayConfigurationError} an option that is none, or that cannot be used.
   */
  constructor(adapter: MysqlAdapter<Tx>, options: MysqlStoreOptions = {}) {
    const own = new MysqlStoreAdapter(adapter, checkedMysqlNames(options));
    super(new MysqlMovements(own), new SqlInboxStore(new MysqlEvents(own)));
    this.#adapter = own;
  }

  /** @throws {GlomopayConfigurationError} the tables are those of a newer version, or the server takes no writes. */
  override async migrate(): Promise<void> {
    await checkSettings(this.#adapter.query);
    await migrateMysql(this.#adapter);
  }

  /** @throws {GlomopayConfigurationError} the tables are missing, or the server takes no writes. */
  override async assertMigrated(): Promise<void> {
    await checkSettings(this.#adapter.query);
    await assertMysqlMigrated(this.#adapter);
  }

  examineTables(): Promise<TablesReport> {
    return examineMysql(this.#adapter);
  }

  override settle(key: TrackedKey, settlement: Settlement<Tx>): Promise<Settled | undefined> {
    return super.settle(key, withinAMinute(settlement));
  }
}
