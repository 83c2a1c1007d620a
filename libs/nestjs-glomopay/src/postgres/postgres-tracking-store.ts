import { Named } from '../errors/named.decorator.js';
import { withinAMinute } from '../tracking/store/sql/effect-limit.js';
import { SqlInboxStore } from '../tracking/store/sql/sql-inbox-store.js';
import { SqlTrackingStore } from '../tracking/store/sql/sql-tracking-store.js';
import type { TrackedKey } from '../tracking/store/tracked-record.js';
import type { Settled, Settlement } from '../tracking/store/tracking-store.js';
import { assertPostgresMigrated, migratePostgres } from './migrations.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import { PostgresEvents } from './postgres-events.js';
import { PostgresMovements } from './postgres-movements.js';
import { StoreAdapter } from './store-adapter.js';

/**
 * Keeps tracked payments in your Postgres (12 or later), in tables named `glomopay_…` of the
 * connection's schema.
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
 */
@Named('PostgresTrackingStore')
export class PostgresTrackingStore<Tx> extends SqlTrackingStore<Tx> {
  readonly #adapter: StoreAdapter<Tx>;

  /** The connections stay the host's: `close` leaves them open. */
  constructor(adapter: PostgresAdapter<Tx>) {
    const own = new StoreAdapter(adapter);
    super(new PostgresMovements(own), new SqlInboxStore(new PostgresEvents(own)));
    this.#adapter = own;
  }

  override migrate(): Promise<void> {
    return migratePostgres(this.#adapter.patient);
  }

  /** @throws {GlomopayConfigurationError} the tables are missing, or those of another version. */
  override assertMigrated(): Promise<void> {
    return assertPostgresMigrated(this.#adapter);
  }

  override settle(key: TrackedKey, settlement: Settlement<Tx>): Promise<Settled | undefined> {
    return super.settle(key, withinAMinute(settlement));
  }
}
