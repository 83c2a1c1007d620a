import type { TrackedKind, TrackedRecord } from '../store/tracked-record.js';
import type { BookObject } from './gateway-book.js';
import type { BookEntry, FindingKind, ReconciliationFinding } from './reconciliation-finding.js';

/** Puts a finding together from what each side has, and the record as it stands afterwards. */
export function findingOf(
  kind: FindingKind,
  movement: TrackedKind,
  record: TrackedRecord | undefined,
  object: BookObject | undefined,
  after: TrackedRecord | undefined,
  repaired = false,
): ReconciliationFinding {
  const known = record ?? after;
  return {
    kind,
    movement,
    requestId: known?.requestId ?? object?.requestId ?? null,
    reference: known?.reference ?? null,
    objectId: object?.id ?? record?.objectId ?? null,
    createdAt: object?.createdAt ?? record?.createdAt ?? null,
    here: record === undefined ? null : { ...entryOf(record), status: record.state },
    there: object === undefined ? null : { ...entryOf(object), status: object.status },
    repaired,
    state: after?.state ?? null,
    reason: after?.reason ?? null,
  };
}

/** Of something that the gateway lists and nobody can read: its id, if it has one. */
export function unreadableFinding(movement: TrackedKind, raw: unknown): ReconciliationFinding {
  const id: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'id') : undefined;
  const objectId = typeof id === 'string' && /^[a-z]{1,16}_\w{1,40}$/.test(id) ? id : null;
  const nothing = findingOf('unreadable', movement, undefined, undefined, undefined);
  return { ...nothing, objectId };
}

function entryOf({ amount, currency, subjectId }: Omit<BookEntry, 'status'>) {
  return { amount, currency, subjectId };
}
