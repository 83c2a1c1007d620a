import { Named } from '../errors/named.decorator.js';
import {
  notedHandlers,
  notesJson,
  type HandlerNote,
  type NotedHandler,
} from '../tracking/store/handler-note.js';
import { Lanes } from '../tracking/store/lanes.js';
import { ReadableRows } from '../tracking/store/readable-rows.js';
import { assertStorable, isStorable, wholeMs } from '../tracking/store/storable.js';
import type {
  PaymentIntent,
  TrackedKey,
  TrackedPayment,
} from '../tracking/store/tracked-payment.js';
import { text, whole, type Row } from '../tracking/store/row.js';
import { trackedPaymentOf, trackedPayments } from '../tracking/store/tracked-row.js';
import { TrackingStore, type Settled, type Settlement } from '../tracking/store/tracking-store.js';
import { IntentInserts, type InsertedIntent } from './intent-inserts.js';
import { assertPostgresMigrated, migratePostgres } from './migrations.js';
import type { PostgresAdapter, PostgresQuery } from './postgres-adapter.js';
import { PostgresInboxStore } from './postgres-inbox-store.js';
import { Recall } from './recall.js';
import { retried } from './retried.js';
import * as statements from './statements.js';
import { StoreAdapter } from './store-adapter.js';
import { inTime } from './time-limits.js';
import { writeChange } from './write-change.js';

/** What the handlers of an outcome may take together, in milliseconds; then nothing is recorded. */
const EFFECT_WITHIN_MS = 60_000;

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
export class PostgresTrackingStore<Tx> extends TrackingStore<Tx> {
  override readonly inbox: PostgresInboxStore<Tx>;
  readonly #adapter: StoreAdapter<Tx>;
  readonly #query: PostgresQuery;
  readonly #inserts: IntentInserts;
  readonly #lanes = new Lanes();
  readonly #recall: Recall;
  readonly #readable = new ReadableRows();

  constructor(adapter: PostgresAdapter<Tx>) {
    super();
    this.#adapter = new StoreAdapter(adapter);
    this.#query = retried(this.#adapter);
    this.#inserts = new IntentInserts(this.#query);
    this.#recall = new Recall(this.#query, statements.recallPayments);
    this.inbox = new PostgresInboxStore(this.#adapter);
  }

  override migrate(): Promise<void> {
    return migratePostgres(this.#adapter.patient);
  }

  /** @throws {GlomopayConfigurationError} the tables are missing, or those of another version. */
  override assertMigrated(): Promise<void> {
    return assertPostgresMigrated(this.#adapter);
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
    { account, requestId }: TrackedKey,
    settlement: Settlement<Tx>,
  ): Promise<Settled | undefined> {
    if (!isStorable(account, requestId)) return undefined;
    // Many witnesses of one payment wait here, not each with a connection of the pool in hand.
    return this.#lanes.run(`${account}\0${requestId}`, () =>
      this.#adapter.transaction(async (tx, query) => {
        const locked = await lockedRow(query, account, requestId);
        return locked === undefined ? undefined : this.#settleLocked(tx, query, locked, settlement);
      }),
    );
  }

  override async claimDue(
    account: string,
    limit: number,
    leaseMs: number,
  ): Promise<readonly TrackedPayment[]> {
    await this.#recall.look();
    const rows = await this.#rows(statements.claimDue, account, limit, wholeMs(leaseMs));
    return this.#readable.of(rows, trackedPayments);
  }

  override async accountsDue(): Promise<readonly string[]> {
    await this.#recall.look();
    return (await this.#query(statements.accountsWithPayments, [])).map((row) =>
      text(row, 'account'),
    );
  }

  override async reschedule(
    { account, requestId }: TrackedKey,
    nextCheckMs: number,
  ): Promise<void> {
    if (!isStorable(account, requestId)) return;
    await this.#query(statements.reschedule, [account, requestId, wholeMs(nextCheckMs)]);
  }

  override async counts(
    account: string,
  ): Promise<{ readonly needsAttention: number; readonly open: number }> {
    const [row] = await this.#query(statements.counts, [account]);
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
    if (handlers.length > 0) await this.#query(statements.noteHandlers, [notesJson(handlers)]);
  }

  override async notedHandlers(): Promise<readonly NotedHandler[]> {
    return this.#readable.of(await this.#query(statements.notedHandlers, []), notedHandlers);
  }

  /** Waits for inserts that are under way. The connections are the host's. */
  override async close(): Promise<void> {
    await Promise.all([this.#inserts.idle(), this.inbox.idle()]);
  }

  async #settleLocked(
    tx: Tx,
    query: PostgresQuery,
    locked: Row,
    { decide, effect, nextCheckMs }: Settlement<Tx>,
  ): Promise<Settled> {
    const before = trackedPaymentOf(locked);
    const change = decide(before, { paidAlready: whole(locked, 'paid_already') === 1 });
    if (change === undefined) return { before, after: before };
    const after = await writeChange(query, before, change, wholeMs(nextCheckMs));
    await this.#adapter.lend(tx, (lent) =>
      inTime(effect(before, after, lent), EFFECT_WITHIN_MS, tooSlow),
    );
    return { before, after };
  }

  async #record(statement: string, ...key: readonly string[]): Promise<TrackedPayment | undefined> {
    return (await this.#rows(statement, ...key)).map(trackedPaymentOf)[0];
  }

  async #rows(statement: string, ...params: readonly (string | number)[]): Promise<readonly Row[]> {
    const texts = params.filter((param) => typeof param === 'string');
    return isStorable(...texts) ? this.#query(statement, params) : [];
  }
}

async function lockedRow(
  query: PostgresQuery,
  account: string,
  requestId: string,
): Promise<Row | undefined> {
  const [lock] = await query(statements.lockOrder, [account, requestId]);
  if (lock === undefined) return undefined;
  const [row] = await query(statements.lockRecord, [account, requestId]);
  return row;
}

function tooSlow(): Error {
  return new Error(`The outcome handlers did not end within ${EFFECT_WITHIN_MS / 1000} s`);
}
