import { storableChange } from '../storable-change.js';
import type { TrackedChange, TrackedRecord } from '../tracked-record.js';
import type { Settlement } from '../tracking-store.js';

/** A change as `updateRecord` writes it: the record and version it was decided for, and its columns. */
export type ChangeColumns = ReturnType<typeof changeColumns>;

/** What a change writes. */
export function changeColumns(
  before: TrackedRecord,
  change: TrackedChange,
  settlement: Pick<Settlement<never>, 'nextCheckMs' | 'watchMs'>,
) {
  const update = storableChange(before, change, settlement);
  return {
    account: before.account,
    kind: before.kind,
    request_id: before.requestId,
    version: before.version,
    state: update.state,
    reason: update.reason,
    object_id: update.objectId,
    gateway_status: update.gatewayStatus,
    compliance_status: update.complianceStatus,
    funds_available: update.fundsAvailable,
    error_code: update.errorCode,
    error_description: update.errorDescription,
    resolution: update.resolution,
    resolved_by: update.resolvedBy,
    resolution_note: update.resolutionNote,
    needs_person: update.needsPerson,
    open: update.nextCheckMs !== null,
    next_check_ms: update.nextCheckMs ?? 0,
  };
}
