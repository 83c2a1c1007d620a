import { Named } from '../errors/named.decorator.js';
import { withinAMinute } from '../tracking/store/sql/effect-limit.js';
import { SqlInboxStore } from '../tracking/store/sql/sql-inbox-store.js';
import { SqlTrackingStore } from '../tracking/store/sql/sql-tracking-store.js';
import type { ExaminableTables, TablesReport } from '../tracking/store/sql/tables-report.js';
import type { TrackedKey } from '../tracking/store/tracked-record.js';
import type { Settled, Settlement } from '../tracking/store/tracking-store.js';
import { examinePostgres } from './examine-tables.js';
import { assertHasLocks } from './has-locks.js';
import { assertPostgresMigrated, migratePostgres } from './migrations.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import { PostgresEvents } from './postgres-events.js';
import { PostgresMovements } from './postgres-movements.js';
import {
  checkedStoreOptions,
  type PostgresLocks,
  type PostgresStoreOptions,
} from './postgres-store-options.js';
import { StoreAdapter } from './store-adapter.js';

/**
 * Keeps tracked payments in your Postgres (12 or later), in tables named `glomopay_…` of the
 * connection's schema, or of a schema and with a prefix of your choice.
 *
 * Leases and dates go by the database's clock. Commits wait for the disk even where a session has
 * `synchronous_commit` switched off.
 *
 * What the store writes joins no transaction of yours, and stands when that one is rolled back. A
 * statement that Postgres does not answer within 10 seconds fails and its connection is thrown away;
 * so is a settlement whose outcome handlers take longer than a minute.
 *
 * CockroachDB and YugabyteDB speak like Postgres and have no advisory locks: `{ locks: 'rows' }`. It has
 * been run on Postgres only (docs/your-stack.md).
 *
 * @example
 * new PostgresTrackingStore(pgAdapter(pool));
 * new PostgresTrackingStore(pgAdapter(pool), { schema: 'payments', tablePrefix: 'shop_' });
 */
@Named('PostgresTrackingStore')
export class PostgresTrackingStore<Tx> extends SqlTrackingStore<Tx> implements ExaminableTables {
  readonly #adapter: StoreAdapter<Tx>;
  readonly #locks: PostgresLocks;

  /**
   * The connections stay the host's: `close` leaves them open.
   *
   * @throws {GlomopayConfigurationError} an option that is none, or that cannot be used.
   */
  constructor(adapter: PostgresAdapter<Tx>, options: PostgresStoreOptions = {}) {
    const { names, locks } = checkedStoreOptions(options);
    const own = new StoreAdapter(adapter, names);
    super(new PostgresMovements(own, locks), new SqlInboxStore(new PostgresEvents(own, locks)));
    this.#adapter = own;
    this.#locks = locks;
  }

  /** @throws {GlomopayConfigurationError} the database needs the option `locks: 'rows'`. */
  override async migrate(): Promise<void> {
    await assertHasLocks(this.#adapter.query, this.#locks);
    await migratePostgres(this.#adapter, this.#locks);
  }

  /**
   * @throws {GlomopayConfigurationError} the tables are missing, or those of another version; or the
   *   database needs the option `locks: 'rows'`.
   */
  override async assertMigrated(): Promise<void> {
    await assertHasLocks(this.#adapter.query, this.#locks);
    await assertPostgresMigrated(this.#adapter, this.#locks);
  }

  examineTables(): Promise<TablesReport> {
    return examinePostgres(this.#adapter);
  }

  override settle(key: TrackedKey, settlement: Settlement<Tx>): Promise<Settled | undefined> {
    return super.settle(key, withinAMinute(settlement));
  }
}
