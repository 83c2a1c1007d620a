import { erasureFault, isErased, type Erased, type Erasure } from '../erasure.js';
import { text, type Row } from '../row.js';
import type { TrackedKey, TrackedRecord } from '../tracked-record.js';
import { trackedRecordOf } from '../tracked-row.js';
import type { SettlementTransaction } from './sql-movements.js';

/** Erases a record inside the transaction that holds it. What waits for a machine or a person is left whole. */
export async function eraseIn(
  transaction: SettlementTransaction<unknown>,
  key: TrackedKey,
  erasure: Erasure,
): Promise<Erased | undefined> {
  const locked = await transaction.lock(key);
  if (locked === undefined) return undefined;
  const record = trackedRecordOf(locked.row);
  const events = await transaction.eventsOf(key.account, erasure.eventIds, erasure.objectIds);
  const fault = erasureFault(record) ?? (events.every(isHandled) ? undefined : 'event_waits');
  if (fault !== undefined) return { record, fault, changed: false, lines: 0, events: 0 };
  await transaction.forgetEvents(
    key.account,
    events.map((row) => text(row, 'id')),
  );
  const lines = await transaction.eraseLines(key);
  const changed = !isErased(record);
  const after = changed ? await erased(transaction, key, erasure) : record;
  return { record: after, changed, lines, events: events.length };
}

async function erased(
  transaction: SettlementTransaction<unknown>,
  key: TrackedKey,
  erasure: Erasure,
): Promise<TrackedRecord> {
  return trackedRecordOf(await transaction.eraseRecord(key, erasure));
}

function isHandled(row: Row): boolean {
  return text(row, 'state') === 'handled';
}
