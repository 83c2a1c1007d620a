import type { Sighting } from '../movements/movement.js';
import { isStray } from '../movements/stray.js';
import type { TrackedReason, TrackedRecord } from '../store/tracked-record.js';
import type { FindingKind } from './reconciliation-finding.js';

const members = new Map<TrackedReason, FindingKind>([
  ['amount_differs', 'amount'],
  ['currency_differs', 'currency'],
  ['order_differs', 'subject'],
]);

/** In what a record differs from its object; undefined: in nothing, or a person has closed it. */
export function bookDifference(
  record: TrackedRecord,
  { difference, end }: Pick<Sighting, 'difference' | 'end'>,
): FindingKind | undefined {
  if (record.resolution !== null) return undefined;
  const member = difference === undefined ? undefined : members.get(difference);
  if (member !== undefined) return member;
  return isAsEnded(record, end) ? undefined : 'status';
}

function isAsEnded(record: TrackedRecord, end: Sighting['end']): boolean {
  const { state } = record;
  if (end === undefined) return state !== 'succeeded' && state !== 'failed';
  // Nobody asked for it and nothing came of it: there is no outcome to have.
  return state === end || (end === 'failed' && isStray(record));
}
