import type { TrackedRecord, TrackedReason } from './tracked-record.js';

/** What the gateway said later does not fit the outcome that was recorded, or undoes it. */
const CONTRADICTIONS: readonly (TrackedReason | null)[] = [
  'compliance_rejected',
  'terminal_conflict',
  'arrived_late',
  'charged_late',
];

/**
 * Who looks at a record next: the sweeper while it waits for an outcome; a person when it was given
 * up, is not the payment that was asked for, or its outcome is contradicted, until a person has; nobody
 * otherwise. Whether the sweeper watches what comes after an outcome, a settlement says (`watchMs`).
 */
export function whoLooksNext({
  state,
  reason,
  resolution,
}: Pick<TrackedRecord, 'state' | 'reason' | 'resolution'>): 'sweeper' | 'person' | 'nobody' {
  if (state === 'created' || state === 'attempted') return 'sweeper';
  if (resolution !== null) return 'nobody';
  const isUnclear = state === 'needs_attention' || state === 'mismatch';
  return isUnclear || CONTRADICTIONS.includes(reason) ? 'person' : 'nobody';
}
