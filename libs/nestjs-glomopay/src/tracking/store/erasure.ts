import type { HistoryLine } from './history-line.js';
import type { TrackedRecord } from './tracked-record.js';
import { whoLooksNext } from './who-looks-next.js';

/** What is to be forgotten of the person whom a record is about. */
export interface Erasure {
  /** Stands for the host's reference from then on; it begins with {@link ERASED}. */
  readonly reference: string;
  /** Ids of events of the record. */
  readonly eventIds: readonly string[];
  /** Objects of the gateway whose events are events of the record. */
  readonly objectIds: readonly string[];
  /** Whether a line of history says that it was done. */
  readonly keepsLine: boolean;
}

/**
 * Why nothing was forgotten:
 * - `open`: the movement waits for its outcome;
 * - `needs_person`: somebody has to look at it first;
 * - `watched`: it has its outcome, and milestones after it are still to be told;
 * - `event_waits`: an event of it is open or parked, and handlers need it.
 */
export type ErasureFault = 'open' | 'needs_person' | 'watched' | 'event_waits';

/** What was done with one record; with a fault, nothing was. */
export interface Erased {
  readonly record: TrackedRecord;
  readonly fault?: ErasureFault | undefined;
  /** Whether the record itself still held anything. */
  readonly changed: boolean;
  /** Lines of history that held a note or a name. */
  readonly lines: number;
  /** Events that were forgotten with their payloads and handlers; their keys stay. */
  readonly events: number;
}

/** Begins what stands in the place of a reference that was forgotten. */
export const ERASED = 'erased:';

/** The note of the line of history that says so. */
export const ERASED_NOTE = 'erased';

/** Why a record must not be erased now, whatever its events are; undefined: it may. */
export function erasureFault(record: TrackedRecord): ErasureFault | undefined {
  const watcher = whoLooksNext(record);
  if (watcher === 'sweeper') return 'open';
  if (watcher === 'person') return 'needs_person';
  return record.nextCheckAt === null ? undefined : 'watched';
}

/** Whether a record holds nothing any more that names a person. */
export function isErased(record: TrackedRecord): boolean {
  const { reference, errorDescription, resolvedBy, resolutionNote } = record;
  return (
    reference.startsWith(ERASED) &&
    errorDescription === null &&
    resolvedBy === null &&
    resolutionNote === null
  );
}

/** A record as it is afterwards, but for its time. */
export function erasedRecord(record: TrackedRecord, { reference }: Erasure): TrackedRecord {
  return {
    ...record,
    reference,
    errorDescription: null,
    resolvedBy: null,
    resolutionNote: null,
    version: record.version + 1,
  };
}

/** Whether a line of history holds what a person has written, or who that was. */
export function namesPerson({ note, witness }: HistoryLine): boolean {
  return (
    (note !== null && note !== ERASED_NOTE) || (witness.kind === 'person' && witness.id !== null)
  );
}

/** A line of history without that. */
export function erasedLine(line: HistoryLine): HistoryLine {
  const { kind, id } = line.witness;
  return { ...line, note: null, witness: { kind, id: kind === 'person' ? null : id } };
}

/** The line that says that a record was erased, by which nobody is named. */
export function erasureLine(record: TrackedRecord): HistoryLine {
  const { updatedAt: at, version, state, reason, gatewayStatus, objectId } = record;
  return {
    at,
    version,
    from: state,
    to: state,
    reason,
    gatewayStatus,
    objectId,
    witness: { kind: 'person', id: null },
    note: ERASED_NOTE,
  };
}
