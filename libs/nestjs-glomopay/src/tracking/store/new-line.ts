import type { HistoryLine, Witness } from './history-line.js';
import { storable } from './storable.js';
import type { TrackedRecord } from './tracked-record.js';

/** The line of a change that a witness has brought. */
export function newLine(
  before: TrackedRecord,
  after: TrackedRecord,
  witness: Witness,
): HistoryLine {
  return {
    at: after.updatedAt,
    version: after.version,
    from: before.state,
    to: after.state,
    reason: after.reason,
    gatewayStatus: after.gatewayStatus,
    objectId: after.objectId,
    witness: { kind: witness.kind, id: storable(witness.id) },
    note: noteOf(witness, after.resolutionNote),
  };
}

/** What a person has noted belongs to the change that the person has made, not to later ones. */
export function noteOf({ kind }: Witness, resolutionNote: string | null): string | null {
  return kind === 'person' ? resolutionNote : null;
}
