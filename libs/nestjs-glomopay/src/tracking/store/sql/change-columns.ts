import type { StorableChange } from '../storable-change.js';
import type { Surroundings, TrackedRecord } from '../tracked-record.js';

/** A change as it is written: what it was decided on, and its columns. */
export type ChangeColumns = ReturnType<typeof changeColumns>;

/** What a change writes, and the version and surroundings of the record that it was decided on. */
export function changeColumns(
  before: TrackedRecord,
  { paidAlready, succeeded }: Surroundings,
  update: StorableChange,
) {
  return {
    account: before.account,
    kind: before.kind,
    request_id: before.requestId,
    version: before.version,
    paid_already: paidAlready,
    succeeded_count: succeeded.count,
    succeeded_amount: succeeded.amount,
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

/**
 * What a change writes into the columns of a record, in the order in which statements with places for values
 * have them; flags as 0 and 1.
 */
export function changedValues(change: ChangeColumns) {
  return [
    change.state,
    change.reason,
    change.object_id,
    change.gateway_status,
    change.compliance_status,
    Number(change.funds_available),
    change.error_code,
    change.error_description,
    change.resolution,
    change.resolved_by,
    change.resolution_note,
    Number(change.needs_person),
  ] as const;
}
