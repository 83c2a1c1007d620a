import type { Witness } from '../history-line.js';
import { noteOf } from '../new-line.js';
import { storable } from '../storable.js';
import type { TrackedRecord } from '../tracked-record.js';
import type { ChangeColumns } from './change-columns.js';

/** What a line of history has beside what its change has written. */
export type LineColumns = ReturnType<typeof lineColumns>;

/** The witness of a change, and where it has found the record. */
export function lineColumns(before: TrackedRecord, change: ChangeColumns, witness: Witness) {
  return {
    from_state: before.state,
    witness: witness.kind,
    witness_id: storable(witness.id),
    note: noteOf(witness, change.resolution_note),
  };
}
