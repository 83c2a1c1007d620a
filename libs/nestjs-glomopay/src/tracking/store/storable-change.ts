import { storable } from './storable.js';
import type { TrackedChange, TrackedRecord } from './tracked-record.js';
import { whoLooksNext } from './who-looks-next.js';

/** Every member that a settlement writes, and who looks at the record from then on. */
export interface StorableChange extends Required<TrackedChange> {
  /** Whether the sweeper looks again. */
  readonly open: boolean;
  readonly needsPerson: boolean;
}

/** What a record becomes by a change, in texts that every database can keep. */
export function storableChange(before: TrackedRecord, change: TrackedChange): StorableChange {
  const after = { ...before, ...change };
  const watcher = whoLooksNext(after);
  return {
    state: after.state,
    reason: after.reason,
    objectId: storable(after.objectId),
    gatewayStatus: storable(after.gatewayStatus),
    complianceStatus: storable(after.complianceStatus),
    fundsAvailable: after.fundsAvailable,
    errorCode: storable(after.errorCode),
    errorDescription: storable(after.errorDescription),
    resolution: after.resolution,
    resolvedBy: storable(after.resolvedBy),
    resolutionNote: storable(after.resolutionNote),
    open: watcher === 'sweeper',
    needsPerson: watcher === 'person',
  };
}
