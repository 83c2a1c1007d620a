import { storable, wholeMs } from './storable.js';
import { isSettled, type TrackedChange, type TrackedRecord } from './tracked-record.js';
import type { Settlement } from './tracking-store.js';
import { whoLooksNext } from './who-looks-next.js';

/** Every member that a settlement writes, and who looks at the record from then on. */
export interface StorableChange extends Required<TrackedChange> {
  /** When the sweeper looks next, in milliseconds from now; null: it does not. */
  readonly nextCheckMs: number | null;
  readonly needsPerson: boolean;
}

/** What a record becomes by a change, in texts that every database can keep. */
export function storableChange(
  before: TrackedRecord,
  change: TrackedChange,
  { nextCheckMs, watchMs }: Pick<Settlement<never>, 'nextCheckMs' | 'watchMs'>,
): StorableChange {
  const after = { ...before, ...change };
  const watcher = whoLooksNext(after);
  const pause =
    watcher === 'sweeper' ? nextCheckMs : isSettled(after.state) ? watchMs?.(after) : undefined;
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
    nextCheckMs: pause === undefined ? null : wholeMs(pause),
    needsPerson: watcher === 'person',
  };
}
