import type { ReceivedEvent } from '../tracking/store/inbox-event.js';
import { onlyRow, optional, text, whole, type Row } from '../tracking/store/row.js';
import { changedValues, type ChangeColumns } from '../tracking/store/sql/change-columns.js';
import type { LineColumns } from '../tracking/store/sql/line-columns.js';
import type { LockedRow, SettlementTransaction } from '../tracking/store/sql/sql-movements.js';
import type { TrackedKey } from '../tracking/store/tracked-record.js';
import { assertFits } from './fits.js';
import { erasureIn } from './erasure.js';
import { insertFollowUp, insertFollowUpKey } from './inbox-statements.js';
import type { MysqlTransaction } from './mysql-sql.js';
import * as statements from './settlement-statements.js';

/** The subject of a movement has no row to lock: the movement was not written by this library. */
export class MissingLockError extends Error {
  constructor(
    readonly account: string,
    readonly subjectId: string,
  ) {
    super('There is nothing to lock the subject by');
    this.name = 'MissingLockError';
  }
}

/** The transaction of one settlement. */
export class MysqlSettlement<Tx> implements SettlementTransaction<Tx> {
  readonly lend: MysqlTransaction<Tx>['lend'];
  readonly eventsOf: SettlementTransaction<Tx>['eventsOf'];
  readonly forgetEvents: SettlementTransaction<Tx>['forgetEvents'];
  readonly eraseLines: SettlementTransaction<Tx>['eraseLines'];
  readonly eraseRecord: SettlementTransaction<Tx>['eraseRecord'];
  readonly #transaction: MysqlTransaction<Tx>;
  #row: Row | undefined;

  constructor(transaction: MysqlTransaction<Tx>) {
    this.#transaction = transaction;
    this.lend = transaction.lend;
    const { eventsOf, forgetEvents, eraseLines, eraseRecord } = erasureIn(transaction);
    this.eventsOf = eventsOf;
    this.forgetEvents = forgetEvents;
    this.eraseLines = eraseLines;
    this.eraseRecord = eraseRecord;
  }

  /** @throws {MissingLockError} */
  async lock({ account, kind, requestId }: TrackedKey): Promise<LockedRow | undefined> {
    const { query } = this.#transaction;
    const key = [account, kind, requestId];
    const held = await query(statements.holdSubject, [account, ...key]);
    const [record] = await query(statements.lockRecord, key);
    if (record === undefined) return undefined;
    const subject = optional(text, record, 'subject_id');
    if (subject !== null && held.length === 0) throw new MissingLockError(account, subject);
    this.#row = { ...record, ...aroundIn(record) };
    return { row: this.#row };
  }

  async update(
    change: ChangeColumns,
    line: LineColumns | undefined,
    event: ReceivedEvent | undefined,
  ): Promise<Row | undefined> {
    const row = onlyRow(this.#row === undefined ? [] : [this.#row]);
    const { run } = this.#transaction;
    assertFits('change', { objectId: change.object_id });
    const [id, now] = [whole(row, 'id'), whole(row, 'now_ms')];
    const next = change.open ? now + change.next_check_ms : null;
    const { affected } = await run(statements.updateRecord, [
      ...changedValues(change),
      now,
      next,
      now,
      id,
      change.version,
    ]);
    if (affected === 0) return undefined;
    if (line !== undefined) await this.#leaveLine(id, now, change, line);
    if (event !== undefined) await this.#leaveEvent(event, now);
    return { updated_at: now, next_check_at: next };
  }

  async #leaveEvent({ account, id, body }: ReceivedEvent, now: number): Promise<void> {
    const { run } = this.#transaction;
    const { affected } = await run(insertFollowUpKey, [account, id, now]);
    if (affected > 0) await run(insertFollowUp, [account, id, now, body]);
  }

  async #leaveLine(
    id: number,
    now: number,
    change: ChangeColumns,
    { from_state, witness, witness_id, note }: LineColumns,
  ): Promise<void> {
    await this.#transaction.run(statements.writeLine, [
      id,
      change.version + 1,
      change.account,
      now,
      from_state,
      change.state,
      change.reason,
      change.gateway_status,
      change.object_id,
      witness,
      witness_id,
      note,
    ]);
  }
}

/** What `lockRecord` has found beside the record. */
function aroundIn(record: Row) {
  const [exclusives, count, amount] = text(record, 'around').split(' ');
  const isPaid = whole(record, 'exclusive') === 1 && exclusives === '1';
  return { paid_already: Number(isPaid), succeeded_count: count, succeeded_amount: amount };
}
