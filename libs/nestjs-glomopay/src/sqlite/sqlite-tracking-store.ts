import { Named } from '../errors/named.decorator.js';
import { GroupCommit } from '../tracking/store/group-commit.js';
import {
  notedHandlers,
  notesJson,
  type HandlerNote,
  type NotedHandler,
} from '../tracking/store/handler-note.js';
import { lend } from '../tracking/store/lend.js';
import { ReadableRows } from '../tracking/store/readable-rows.js';
import { assertStorable, isStorable, wholeMs } from '../tracking/store/storable.js';
import type {
  PaymentIntent,
  TrackedKey,
  TrackedPayment,
} from '../tracking/store/tracked-payment.js';
import { whole, type Row } from '../tracking/store/row.js';
import { trackedPaymentOf, trackedPayments } from '../tracking/store/tracked-row.js';
import { TrackingStore, type Settled, type Settlement } from '../tracking/store/tracking-store.js';
import { claimDueOn } from './claim-due-on.js';
import { eachSettled } from './each-settled.js';
import { insertIntent, type InsertedIntent, type NewIntent } from './insert-intent.js';
import { assertSqliteMigrated, migrateSqlite } from './sqlite-migrations.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { SqliteConnections } from './sqlite-connections.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteInboxStore } from './sqlite-inbox-store.js';
import * as statements from './statements.js';
import { writeChange } from './write-change.js';

/**
 * Keeps tracked payments in a SQLite file on a local disk, in tables named `glomopay_…`; durable
 * through a power cut, and safe for several processes of one machine.
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
export class SqliteTrackingStore<Database extends SqliteDatabase> extends TrackingStore<Database> {
  override readonly inbox: SqliteInboxStore<Database>;
  readonly #connections: SqliteConnections<Database>;
  readonly #readable = new ReadableRows();
  readonly #inserts = new GroupCommit<NewIntent, InsertedIntent>(
    (items) =>
      this.#connections.write((connection) =>
        eachSettled(items, (item) => insertIntent(connection, item)),
      ),
    { flights: 1, items: 500 },
  );

  constructor(open: () => Database) {
    super();
    this.#connections = new SqliteConnections(open);
    this.inbox = new SqliteInboxStore(this.#connections);
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

  override async insert(intent: PaymentIntent, nextCheckMs: number): Promise<InsertedIntent> {
    assertStorable(intent);
    return this.#inserts.add({ intent, nextCheckMs: wholeMs(nextCheckMs) });
  }

  override async find({ account, requestId }: TrackedKey): Promise<TrackedPayment | undefined> {
    return this.#record(statements.findByKey, account, requestId);
  }

  override async findByPayment(
    account: string,
    paymentId: string,
  ): Promise<TrackedPayment | undefined> {
    return this.#record(statements.findByPayment, account, paymentId);
  }

  override async findByOrder(account: string, orderId: string): Promise<readonly TrackedPayment[]> {
    return this.#readable.of(
      await this.#rows(statements.findByOrder, account, orderId),
      trackedPayments,
    );
  }

  override async settle(
    key: TrackedKey,
    settlement: Settlement<Database>,
  ): Promise<Settled | undefined> {
    if (!isStorable(key.account, key.requestId)) return undefined;
    return this.#connections.transaction((connection) => settleOn(connection, key, settlement));
  }

  override async claimDue(
    account: string,
    limit: number,
    leaseMs: number,
  ): Promise<readonly TrackedPayment[]> {
    const lease = wholeMs(leaseMs);
    const rows = await this.#connections.write((connection) =>
      claimDueOn(connection, account, limit, lease),
    );
    return this.#readable.of(rows, trackedPayments);
  }

  override async accountsDue(): Promise<readonly string[]> {
    await this.#connections.write((connection) => connection.rows(statements.recallPayments));
    const rows = await this.#connections.read((connection) =>
      connection.rows(statements.accountsWithPayments),
    );
    return rows.map(({ account }) => String(account));
  }

  override async reschedule(
    { account, requestId }: TrackedKey,
    nextCheckMs: number,
  ): Promise<void> {
    if (!isStorable(account, requestId)) return;
    const pauseMs = wholeMs(nextCheckMs);
    await this.#connections.write((connection) =>
      connection.rows(statements.reschedule, pauseMs, account, requestId),
    );
  }

  override async counts(
    account: string,
  ): Promise<{ readonly needsAttention: number; readonly open: number }> {
    const [row] = await this.#connections.read((connection) =>
      connection.rows(statements.counts, account, account),
    );
    if (row === undefined) throw new Error('The database counted nothing');
    return { needsAttention: whole(row, 'needs_attention'), open: whole(row, 'open') };
  }

  override needingAttention(account: string, limit: number): Promise<readonly TrackedPayment[]> {
    return this.#readable.upTo(
      limit,
      (some) => this.#rows(statements.needingAttention, account, some),
      trackedPayments,
    );
  }

  override async noteHandlers(handlers: readonly HandlerNote[]): Promise<void> {
    if (handlers.length === 0) return;
    const notes = notesJson(handlers);
    await this.#connections.write((connection) => connection.rows(statements.noteHandlers, notes));
  }

  override async notedHandlers(): Promise<readonly NotedHandler[]> {
    const rows = await this.#connections.read((connection) =>
      connection.rows(statements.notedHandlers),
    );
    return this.#readable.of(rows, notedHandlers);
  }

  /** Waits for writes that are under way, then closes the store's connections. */
  override async close(): Promise<void> {
    await Promise.all([this.#inserts.idle(), this.inbox.idle()]);
    await this.#connections.close();
  }

  async #record(statement: string, ...key: readonly string[]): Promise<TrackedPayment | undefined> {
    return (await this.#rows(statement, ...key)).map(trackedPaymentOf)[0];
  }

  async #rows(statement: string, ...params: readonly (string | number)[]): Promise<readonly Row[]> {
    const texts = params.filter((param) => typeof param === 'string');
    if (!isStorable(...texts)) return [];
    return this.#connections.read((connection) => connection.rows(statement, ...params));
  }
}

async function settleOn<Database extends SqliteDatabase>(
  connection: SqliteConnection<Database>,
  { account, requestId }: TrackedKey,
  { decide, effect, nextCheckMs }: Settlement<Database>,
): Promise<Settled | undefined> {
  const [row] = connection.rows(statements.findForSettlement, account, requestId);
  if (row === undefined) return undefined;
  const before = trackedPaymentOf(row);
  const change = decide(before, { paidAlready: whole(row, 'paid_already') === 1 });
  if (change === undefined) return { before, after: before };
  const after = writeChange(connection, before, change, wholeMs(nextCheckMs));
  await lend(connection.database, (tx) => effect(before, after, tx));
  return { before, after };
}
