import type { HistoryLine } from '../history-line.js';
import type { TrackedKey } from '../tracked-record.js';

/** What a line of history writes, but for its time: that is the database's. */
export function lineColumns({ account, kind, requestId }: TrackedKey, line: HistoryLine) {
  return {
    account,
    kind,
    request_id: requestId,
    version: line.version,
    from_state: line.from,
    to_state: line.to,
    reason: line.reason,
    gateway_status: line.gatewayStatus,
    object_id: line.objectId,
    witness: line.witness.kind,
    witness_id: line.witness.id,
    note: line.note,
  };
}
