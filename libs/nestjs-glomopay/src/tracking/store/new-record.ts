import type { TrackedIntent, TrackedRecord } from './tracked-record.js';

/** The record of an intent that was just written, with the dates of the store. */
export function newRecord(intent: TrackedIntent, now: Date, nextCheckAt: Date): TrackedRecord {
  return {
    account: intent.account,
    kind: intent.kind,
    requestId: intent.requestId,
    reference: intent.reference,
    subjectId: intent.subjectId,
    exclusive: intent.exclusive,
    amount: intent.amount,
    currency: intent.currency,
    state: 'created',
    reason: null,
    objectId: null,
    gatewayStatus: null,
    complianceStatus: null,
    fundsAvailable: false,
    errorCode: null,
    errorDescription: null,
    resolution: null,
    resolvedBy: null,
    resolutionNote: null,
    version: 1,
    checks: 0,
    createdAt: now,
    updatedAt: now,
    nextCheckAt,
  };
}
