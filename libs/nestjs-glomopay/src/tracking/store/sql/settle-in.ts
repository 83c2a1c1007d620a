import { date, optional, whole, type Row } from '../row.js';
import { wholeMs } from '../storable.js';
import { storableChange, type StorableChange } from '../storable-change.js';
import type { Surroundings, TrackedKey, TrackedRecord } from '../tracked-record.js';
import { trackedRecordOf } from '../tracked-row.js';
import type { Settled, Settlement } from '../tracking-store.js';
import { changeColumns } from './change-columns.js';
import { lineColumns } from './line-columns.js';
import type { SettlementTransaction } from './sql-movements.js';

/**
 * A settlement inside its transaction. Where what `lock` has read may be old, a change that is refused and
 * a decision to change nothing are taken once more, on what is read now.
 */
export async function settleIn<Tx>(
  transaction: SettlementTransaction<Tx>,
  key: TrackedKey,
  { decide, effect, nextCheckMs, witness, followUp }: Settlement<Tx>,
): Promise<Settled | undefined> {
  let locked = await transaction.lock(key);
  while (locked !== undefined) {
    const before = trackedRecordOf(locked.row);
    const around = surroundingsOf(locked.row);
    const change = decide(before, around);
    if (change === undefined && locked.again === undefined) return { before, after: before };
    if (change !== undefined) {
      const update = storableChange(before, change);
      const columns = changeColumns(before, around, update, wholeMs(nextCheckMs));
      const line = witness && lineColumns(before, columns, witness);
      const times = await transaction.update(columns, line, followUp?.(before, change));
      if (times !== undefined) {
        const after = changedRecord(before, update, times);
        await transaction.lend((tx) => effect(before, after, tx));
        return { before, after };
      }
      if (locked.again === undefined)
        throw new Error('A tracked movement changed while it was locked');
    }
    locked = await locked.again?.();
  }
  return undefined;
}

/** As it was written: nobody else can have changed a record that is locked. */
function changedRecord(before: TrackedRecord, update: StorableChange, times: Row): TrackedRecord {
  const { open: _, needsPerson: __, ...members } = update;
  return {
    ...before,
    ...members,
    version: before.version + 1,
    updatedAt: date(times, 'updated_at'),
    nextCheckAt: optional(date, times, 'next_check_at'),
  };
}

function surroundingsOf(row: Row): Surroundings {
  return {
    paidAlready: whole(row, 'paid_already') === 1,
    succeeded: { count: whole(row, 'succeeded_count'), amount: whole(row, 'succeeded_amount') },
  };
}
