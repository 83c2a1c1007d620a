import { hash } from 'node:crypto';
import { isObject } from '../../values/is-object.js';
import { FOLLOW_UP } from '../store/event-key.js';
import type { ReceivedEvent } from '../store/inbox-event.js';
import { storableChange } from '../store/storable-change.js';
import type { TrackedChange, TrackedRecord } from '../store/tracked-record.js';
import type { Audience } from './audience.js';

/** An outcome, as it waits in the inbox for those who hear of it after the commit. */
export interface FollowUp {
  /** `after.payment.succeeded` */
  readonly type: string;
  /** The gateway's id of the movement; null when it has none. */
  readonly objectId: string | null;
  readonly kind: string;
  readonly requestId: string;
  /** The version of the record with which the outcome came. */
  readonly version: number;
  /** As the handlers in the transaction got it. */
  readonly outcome: object;
}

/** What a change makes of a record, so that it can be told of before it is written. Times stay. */
export function recordAfter(before: TrackedRecord, change: TrackedChange): TrackedRecord {
  const unplanned = { nextCheckMs: 0 };
  const { nextCheckMs: _, needsPerson: __, ...members } = storableChange(before, change, unplanned);
  return { ...before, ...members, version: before.version + 1 };
}

/** The same for one outcome, whoever asks; no other outcome has it. */
export function followUpId({
  account,
  kind,
  requestId,
  version,
}: Pick<TrackedRecord, 'account' | 'requestId' | 'version'> & { readonly kind: string }): string {
  return FOLLOW_UP + hash('sha256', JSON.stringify([account, kind, requestId, version]), 'hex');
}

/** What is to follow the outcome of a record; undefined when nobody waits for it. */
export function followUpOf(audience: Audience, record: TrackedRecord): ReceivedEvent | undefined {
  const { followers } = audience;
  const outcome = followers.names().length === 0 ? undefined : audience.outcomeOf(record);
  if (outcome === undefined) return undefined;
  const { account, kind, requestId, version, objectId, state } = record;
  const type = `after.${followers.about}.${state}`;
  const followUp: FollowUp = { type, objectId, kind, requestId, version, outcome };
  return { account, id: followUpId(record), body: Buffer.from(JSON.stringify(followUp)) };
}

/** Reads what {@link followUpOf} has written; undefined when it has not written this, under this id. */
export function readFollowUp({ account, id, body }: ReceivedEvent): FollowUp | undefined {
  const followUp = parsed(body);
  return isFollowUp(followUp) && followUpId({ ...followUp, account }) === id ? followUp : undefined;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function isFollowUp(value: unknown): value is FollowUp {
  if (!isObject(value)) return false;
  const { type, objectId, kind, requestId, version, outcome }: Partial<FollowUp> = value;
  return (
    typeof type === 'string' &&
    (objectId === null || typeof objectId === 'string') &&
    typeof kind === 'string' &&
    typeof requestId === 'string' &&
    typeof version === 'number' &&
    isObject(outcome)
  );
}
