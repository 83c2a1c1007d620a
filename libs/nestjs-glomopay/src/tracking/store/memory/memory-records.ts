import type { TrackedKey, TrackedRecord } from '../tracked-record.js';
import { whoLooksNext } from '../who-looks-next.js';

/** The records of a `MemoryTrackingStore`, oldest first. */
export class MemoryRecords {
  readonly #records = new Map<string, TrackedRecord>();

  get(key: TrackedKey): TrackedRecord | undefined {
    return this.#records.get(idOf(key));
  }

  put(record: TrackedRecord): TrackedRecord {
    this.#records.set(idOf(record), record);
    return record;
  }

  of(account: string): TrackedRecord[] {
    return [...this.#records.values()].filter((record) => record.account === account);
  }

  /** Accounts with a record of which this holds. */
  accounts(holds: (record: TrackedRecord) => boolean): string[] {
    return [...new Set([...this.#records.values()].filter(holds).map(({ account }) => account))];
  }

  /** Whether the subject is paid once, and another record of it has succeeded. */
  paidBeside(record: TrackedRecord): boolean {
    const { account, subjectId, exclusive } = record;
    return this.of(account).some(
      (other) =>
        exclusive &&
        other.exclusive &&
        subjectId !== null &&
        other.subjectId === subjectId &&
        idOf(other) !== idOf(record) &&
        other.state === 'succeeded',
    );
  }

  /** The other records of the same subject and kind that have succeeded. */
  succeededBeside(record: TrackedRecord): { count: number; amount: number } {
    const { account, kind, subjectId, currency } = record;
    const others = this.of(account).filter(
      (other) =>
        subjectId !== null &&
        other.subjectId === subjectId &&
        other.kind === kind &&
        other.state === 'succeeded' &&
        idOf(other) !== idOf(record),
    );
    const amounts = others
      .filter((other) => other.currency === currency)
      .map(({ amount }) => amount);
    const amount = amounts.reduce((sum, each) => sum + each, 0);
    return { count: others.length, amount: Math.min(amount, Number.MAX_SAFE_INTEGER) };
  }

  /** An object of the gateway belongs to one record. */
  assertOwner(key: TrackedKey, objectId: string | null): void {
    const owner = this.of(key.account).find((record) => record.objectId === objectId);
    if (objectId !== null && owner !== undefined && idOf(owner) !== idOf(key)) {
      throw new Error('The object belongs to another record');
    }
  }
}

/** A key as one text. */
export function idOf({ account, kind, requestId }: TrackedKey): string {
  return JSON.stringify([account, kind, requestId]);
}

/** Records of one subject share a lane; one without a subject has its own. */
export function laneOf(record: TrackedRecord): string {
  const { account, subjectId } = record;
  return subjectId === null ? idOf(record) : JSON.stringify([account, subjectId]);
}

/** When the sweeper is to look, in milliseconds; never is infinite. */
export function dueAt({ nextCheckAt }: TrackedRecord): number {
  return nextCheckAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** Nobody looks at it any more, the sweeper neither. */
export function isLeftAlone(record: TrackedRecord): boolean {
  return whoLooksNext(record) === 'nobody' && record.nextCheckAt === null;
}

/** The order of a window. */
export function byIntent(
  one: Pick<TrackedRecord, 'createdAt' | 'kind' | 'requestId'>,
  other: Pick<TrackedRecord, 'createdAt' | 'kind' | 'requestId'>,
): number {
  const ofOne = [one.createdAt.getTime(), one.kind, one.requestId] as const;
  const ofOther = [other.createdAt.getTime(), other.kind, other.requestId] as const;
  for (const [index, part] of ofOne.entries()) {
    const against = ofOther[index] ?? '';
    if (part !== against) return part < against ? -1 : 1;
  }
  return 0;
}
