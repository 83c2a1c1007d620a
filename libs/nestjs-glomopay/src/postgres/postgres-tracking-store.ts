import { Named } from '../errors/named.decorator.js';
import { SqlInboxStore } from '../tracking/store/sql/sql-inbox-store.js';
import { SqlTrackingStore } from '../tracking/store/sql/sql-tracking-store.js';
import type { ExaminableTables, TablesReport } from '../tracking/store/sql/tables-report.js';
import type { TrackedKey } from '../tracking/store/tracked-record.js';
import type { Settled, Settlement } from '../tracking/store/tracking-store.js';
import { examinePostgres } from './examine-tables.js';
import { assertPostgresMigrated, migratePostgres } from './migrations.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import { PostgresEvents } from './postgres-events.js';
import { checkedStoreOptions, type PostgresStoreOptions } from './postgres-store-options.js';
import { PostgresMovements } from './postgres-movements.js';
import { StoreAdapter } from './store-adapter.js';
import { inTime } from './time-limits.js';

/** What the handlers of an outcome may take together, in milliseconds; then nothing is recorded. */
const EFFECT_WITHIN_MS = 60_000;

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
 * @example
 * new PostgresTrackingStore(pgAdapter(pool));
 * new PostgresTrackingStore(pgAdapter(pool), { schema: 'payments', tablePrefix: 'shop_' });
 */
@Named('PostgresTrackingStore')
export class PostgresTrackingStore<Tx> extends SqlTrackingStore<Tx> implements ExaminableTables {
  readonly #adapter: StoreAdapter<Tx>;

  /**
   * The connections stay the host's: `close` leaves them open.
   *
   * @throws {GlomopayConfigurationError} an option that cannot be used.
   */
  constructor(adapter: PostgresAdapter<Tx>, options: PostgresStoreOptions = {}) {
    const own = new StoreAdapter(adapter, checkedStoreOptions(options).names);
    super(new PostgresMovements(own), new SqlInboxStore(new PostgresEvents(own)));
    this.#adapter = own;
  }

  override migrate(): Promise<void> {
    return migratePostgres(this.#adapter);
  }

  /** @throws {GlomopayConfigurationError} the tables are missing, or those of another version. */
  override assertMigrated(): Promise<void> {
    return assertPostgresMigrated(this.#adapter);
  }

  examineTables(): Promise<TablesReport> {
    return examinePostgres(this.#adapter);
  }

  override settle(key: TrackedKey, settlement: Settlement<Tx>): Promise<Settled | undefined> {
    return super.settle(key, {
      ...settlement,
      effect: (before, after, tx) =>
        inTime(settlement.effect(before, after, tx), EFFECT_WITHIN_MS, tooSlow),
    });
  }
}

function tooSlow(): Error {
  return new Error(`The outcome handlers did not end within ${EFFECT_WITHIN_MS / 1000} s`);
}
