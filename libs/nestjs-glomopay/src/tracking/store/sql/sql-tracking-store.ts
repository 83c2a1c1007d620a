import { notedHandlers, notesJson, type HandlerNote, type NotedHandler } from '../handler-note.js';
import { Lanes } from '../lanes.js';
import { ReadableRows } from '../readable-rows.js';
import { onlyRow, text, whole, type Row } from '../row.js';
import { assertStorable, isStorable, wholeMs } from '../storable.js';
import type { PaymentIntent, TrackedKey, TrackedPayment } from '../tracked-payment.js';
import { trackedPaymentOf, trackedPayments } from '../tracked-row.js';
import { TrackingStore, type Settled, type Settlement } from '../tracking-store.js';
import { changeColumns } from './change-columns.js';
import type { InsertedIntent } from './new-intent.js';
import type { SqlInboxStore } from './sql-inbox-store.js';
import type { PaymentStatements, SettlementTransaction, SqlPayments } from './sql-payments.js';

/** A store in a SQL database: what is the same in all of them. */
export abstract class SqlTrackingStore<Tx> extends TrackingStore<Tx> {
  override readonly inbox: SqlInboxStore<Tx>;
  readonly #payments: SqlPayments<Tx>;
  readonly #lanes = new Lanes();
  readonly #readable = new ReadableRows();

  constructor(payments: SqlPayments<Tx>, inbox: SqlInboxStore<Tx>) {
    super();
    this.#payments = payments;
    this.inbox = inbox;
  }

  override async insert(intent: PaymentIntent, nextCheckMs: number): Promise<InsertedIntent> {
    assertStorable(intent);
    return this.#payments.insert({ intent, nextCheckMs: wholeMs(nextCheckMs) });
  }

  override async find({ account, requestId }: TrackedKey): Promise<TrackedPayment | undefined> {
    return (await this.#found('findByKey', account, requestId)).map(trackedPaymentOf)[0];
  }

  override async findByPayment(
    account: string,
    paymentId: string,
  ): Promise<TrackedPayment | undefined> {
    return (await this.#found('findByPayment', account, paymentId)).map(trackedPaymentOf)[0];
  }

  override async findByOrder(account: string, payinId: string): Promise<readonly TrackedPayment[]> {
    if (!isStorable(account, payinId)) return [];
    return this.#readable.of(await this.#payments.findByOrder(account, payinId), trackedPayments);
  }

  override async settle(key: TrackedKey, settlement: Settlement<Tx>): Promise<Settled | undefined> {
    const { account, requestId } = key;
    if (!isStorable(account, requestId)) return undefined;
    // Many witnesses of one payment wait here, not each with a connection of the pool in hand.
    return this.#lanes.run(`${account}\0${requestId}`, () =>
      this.#payments.settlement((transaction) => settleIn(transaction, key, settlement)),
    );
  }

  override async claimDue(
    account: string,
    limit: number,
    leaseMs: number,
  ): Promise<readonly TrackedPayment[]> {
    const lease = wholeMs(leaseMs);
    if (!isStorable(account)) return [];
    const rows = await this.#payments.claimDue(account, limit, lease);
    return this.#readable.of(rows, trackedPayments);
  }

  override async accountsDue(): Promise<readonly string[]> {
    const { statements, read } = this.#payments;
    await this.#payments.recall();
    return (await read(statements.accountsWithPayments, [])).map((row) => text(row, 'account'));
  }

  override async reschedule(
    { account, requestId }: TrackedKey,
    nextCheckMs: number,
  ): Promise<void> {
    if (!isStorable(account, requestId)) return;
    const { statements, write } = this.#payments;
    await write(statements.reschedule, [wholeMs(nextCheckMs), account, requestId]);
  }

  override async counts(
    account: string,
  ): Promise<{ readonly needsAttention: number; readonly open: number }> {
    const row = onlyRow(await this.#payments.counts(account));
    return { needsAttention: whole(row, 'needs_attention'), open: whole(row, 'open') };
  }

  override needingAttention(account: string, limit: number): Promise<readonly TrackedPayment[]> {
    return this.#readable.upTo(
      limit,
      (some) => this.#found('needingAttention', account, some),
      trackedPayments,
    );
  }

  override async noteHandlers(handlers: readonly HandlerNote[]): Promise<void> {
    if (handlers.length === 0) return;
    const { statements, write } = this.#payments;
    await write(statements.noteHandlers, [notesJson(handlers)]);
  }

  override async notedHandlers(): Promise<readonly NotedHandler[]> {
    const { statements, read } = this.#payments;
    return this.#readable.of(await read(statements.notedHandlers, []), notedHandlers);
  }

  /** Waits for the inserts that are under way. */
  override async close(): Promise<void> {
    await Promise.all([this.#payments.idle(), this.inbox.idle()]);
  }

  /** Nothing is stored under a text that a database would change. */
  async #found(
    statement: keyof PaymentStatements,
    account: string,
    asked: string | number,
  ): Promise<readonly Row[]> {
    const { statements, read } = this.#payments;
    return isStorable(account, `${asked}`) ? read(statements[statement], [account, asked]) : [];
  }
}

async function settleIn<Tx>(
  transaction: SettlementTransaction<Tx>,
  { account, requestId }: TrackedKey,
  { decide, effect, nextCheckMs }: Settlement<Tx>,
): Promise<Settled | undefined> {
  const locked = await transaction.lock(account, requestId);
  if (locked === undefined) return undefined;
  const before = trackedPaymentOf(locked);
  const change = decide(before, { paidAlready: whole(locked, 'paid_already') === 1 });
  if (change === undefined) return { before, after: before };
  const row = await transaction.update(changeColumns(before, change, wholeMs(nextCheckMs)));
  if (row === undefined) throw new Error('A tracked payment changed while it was locked');
  const after = trackedPaymentOf(row);
  await transaction.lend((tx) => effect(before, after, tx));
  return { before, after };
}
