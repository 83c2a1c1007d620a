import { randomUUID } from 'node:crypto';
import { GlomopayNotErasableError } from '../../errors/not-erasable.error.js';
import type { IdText } from '../../values/ids.js';
import { ERASED, erasureFault, type Erased, type Erasure } from '../store/erasure.js';
import { kinds } from '../store/tracked-row.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import type { TrackingStore } from '../store/tracking-store.js';
import { followUpId } from './follow-up.js';

/** Whose movements are meant: one of these. */
export type Erasable =
  /** Everything under this reference of the host. */
  | { readonly reference: string }
  /** Everything of this order, of the gateway. */
  | { readonly orderId: IdText<'order'> }
  /** What was started or expected under this `requestId`. */
  | { readonly requestId: string };

/** What was forgotten. */
export interface ErasureReport {
  /** Movements that are meant, those that had been erased before included. */
  readonly movements: number;
  /** Of them, those that still held anything in their record. */
  readonly erased: number;
  /** Lines of history that held a note or a name. */
  readonly lines: number;
  /** Events that were forgotten, with their payloads. */
  readonly events: number;
}

/**
 * Forgets the person whom movements are about, with the refunds of their payments. All of them are looked
 * at before anything is forgotten; each is then forgotten in a transaction of its own, refunds first, so that
 * a call that was interrupted finds the rest when it is made again.
 *
 * @throws {GlomopayNotErasableError} one of them is not over.
 */
export async function eraseMovements(
  store: TrackingStore,
  account: string,
  of: Erasable,
  keepsLine: boolean,
): Promise<ErasureReport> {
  const records = await withRefunds(store, account, await meant(store, account, of));
  for (const record of records) {
    const fault = erasureFault(record);
    if (fault !== undefined) throw new GlomopayNotErasableError(fault, record);
  }
  const reference = ERASED + randomUUID();
  const done: Erased[] = [];
  for (const record of records.toReversed()) {
    const erased = await store.erase(record, { ...eventsOf(record), reference, keepsLine });
    if (erased?.fault !== undefined) {
      throw new GlomopayNotErasableError(erased.fault, erased.record);
    }
    if (erased !== undefined) done.push(erased);
  }
  return {
    movements: done.length,
    erased: done.filter(({ changed }) => changed).length,
    lines: done.reduce((sum, { lines }) => sum + lines, 0),
    events: done.reduce((sum, { events }) => sum + events, 0),
  };
}

/** More than any database has. */
const EVERY = 1_000_000_000;

async function meant(
  store: TrackingStore,
  account: string,
  of: Erasable,
): Promise<readonly TrackedRecord[]> {
  if ('reference' in of) return store.findByReference(account, of.reference, EVERY);
  if ('orderId' in of) return store.findBySubject(account, of.orderId);
  const found = await Promise.all(
    kinds.map((kind) => store.find({ account, kind, requestId: of.requestId })),
  );
  return found.filter((record) => record !== undefined);
}

/** Payments, then what was given back of them. */
async function withRefunds(
  store: TrackingStore,
  account: string,
  records: readonly TrackedRecord[],
): Promise<readonly TrackedRecord[]> {
  const refunds: TrackedRecord[] = [];
  for (const { objectId } of records) {
    if (objectId !== null) refunds.push(...(await store.findBySubject(account, objectId)));
  }
  const byKey = new Map([...records, ...refunds].map((record) => [keyOf(record), record]));
  return [...byKey.values()];
}

/** Events of the gateway by what they are about, and our own by their ids, one for each version. */
function eventsOf(record: TrackedRecord): Pick<Erasure, 'eventIds' | 'objectIds'> {
  const versions = Array.from({ length: record.version }, (_, index) => index + 1);
  return {
    eventIds: versions.map((version) => followUpId({ ...record, version })),
    objectIds: [record.objectId, record.subjectId].filter((id) => id !== null),
  };
}

function keyOf({ kind, requestId }: TrackedRecord): string {
  return JSON.stringify([kind, requestId]);
}
