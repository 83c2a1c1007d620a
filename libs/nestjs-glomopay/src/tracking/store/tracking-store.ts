import { Named } from '../../errors/named.decorator.js';
import type { Erased, Erasure } from './erasure.js';
import type { HistoryLine, Witness } from './history-line.js';
import type { HandlerNote, NotedHandler } from './handler-note.js';
import type { ReceivedEvent } from './inbox-event.js';
import type { InboxStore } from './inbox-store.js';
import type {
  Surroundings,
  TrackedChange,
  TrackedIntent,
  TrackedKey,
  TrackedKind,
  TrackedRecord,
} from './tracked-record.js';

/** How a settlement decides and what it does, inside one transaction of the store. */
export interface Settlement<Tx> {
  /** Called with the locked record; what it returns is written. Pure, and may be called again. */
  readonly decide: (record: TrackedRecord, around: Surroundings) => TrackedChange | undefined;
  /**
   * Called after the change was written and before it is committed, when there is one. Throwing
   * rolls everything back.
   */
  readonly effect: (before: TrackedRecord, after: TrackedRecord, tx: Tx) => Promise<void>;
  /**
   * When the sweeper looks next at a changed record that still has no outcome, in milliseconds from
   * now. What is settled it leaves alone, unless `watchMs` says otherwise.
   */
  readonly nextCheckMs: number;
  /**
   * When the sweeper looks next at a changed record that has its outcome, in milliseconds from now, by
   * what the record becomes. Undefined, or without it: not any more.
   */
  readonly watchMs?:
    ((record: TrackedIntent & Required<TrackedChange>) => number | undefined) | undefined;
  /** Whose change it is: a line of the record's history is written with it. Undefined: no line. */
  readonly witness?: Witness | undefined;
  /**
   * What is to be worked on after the commit: put into the inbox with the change, before the effect.
   * Its id is that of a follow-up; an id that is there already is left alone.
   */
  readonly followUp?: (before: TrackedRecord, change: TrackedChange) => ReceivedEvent | undefined;
}

/** A part of the records by the time of their intents. */
export interface RecordWindow {
  /** From this moment on. */
  readonly from: Date;
  /** Up to this moment, exclusive. */
  readonly to: Date;
  /**
   * The last record of the page before. A store finds its place by `kind` and `requestId`, since its own
   * times may be finer than those of a `Date`.
   */
  readonly after?: Pick<TrackedRecord, 'createdAt' | 'kind' | 'requestId'> | undefined;
  readonly limit: number;
}

/** A record around a settlement. */
export interface Settled {
  /** As it was locked. */
  readonly before: TrackedRecord;
  /** As it stands afterwards; the same object when nothing was decided. */
  readonly after: TrackedRecord;
}

/**
 * Where tracked movements of money live: the truth about them. `Tx` is what the host's own database library
 * calls a transaction; outcome handlers get it. Every implementation must pass
 * `trackingStoreContract()`.
 */
@Named('TrackingStore')
export abstract class TrackingStore<Tx = unknown> {
  /** Webhook events, in the same database. */
  abstract readonly inbox: InboxStore<Tx>;

  /**
   * Makes or updates the tables, and writes nothing where they are as they should be. Safe to run from
   * several processes at once, and again. A store that was closed can be used again afterwards.
   *
   * @throws {GlomopayConfigurationError} the tables are those of a newer version of the store.
   */
  abstract migrate(): Promise<void>;

  /**
   * Called at boot instead of {@link migrate} where the host makes the tables itself. A store that does
   * not implement it takes them for granted.
   *
   * @throws {GlomopayConfigurationError} the tables are missing, or those of another version.
   */
  async assertMigrated(): Promise<void> {}

  /**
   * Writes an intent durably, once per key. Of several callers at once exactly one gets
   * `inserted: true`; the others get the record that stands.
   *
   * @throws {GlomopayValidationError} a text of the intent cannot be stored (a NUL character).
   */
  abstract insert(
    intent: TrackedIntent,
    nextCheckMs: number,
  ): Promise<{ readonly record: TrackedRecord; readonly inserted: boolean }>;

  abstract find(key: TrackedKey): Promise<TrackedRecord | undefined>;

  /**
   * The record of an object of the gateway, of whatever kind: a payment's or a refund's id.
   *
   * @throws {UnreadableRowError} a newer version of the store has written it.
   */
  abstract findByObject(account: string, objectId: string): Promise<TrackedRecord | undefined>;

  /**
   * The records of every kind that are about this: an order or a subscription that is paid, a payment
   * that is refunded; oldest first. A list leaves out what only a newer version can read.
   */
  abstract findBySubject(account: string, subjectId: string): Promise<readonly TrackedRecord[]>;

  /** The newest records of every kind that have this reference of the host, the newest first. */
  abstract findByReference(
    account: string,
    reference: string,
    limit: number,
  ): Promise<readonly TrackedRecord[]>;

  /**
   * Forgets of a record that has ended what may name a person: its reference, the gateway's description of
   * an error, who has closed it and what was noted, in the record and in its history, and its events with
   * payloads and handlers. Ids, amounts, states and keys stay, so that nothing can happen twice. With a
   * fault nothing was written: see `erasureFault`. What is forgotten already is left as it is; a change adds
   * one to the version and, where the erasure says so, a line (`erasureLine`). Undefined: there is no such
   * record.
   */
  abstract erase(key: TrackedKey, erasure: Erasure): Promise<Erased | undefined>;

  /**
   * Locks the record, lets the settlement decide, writes the change and runs the effect in one
   * transaction. Two settlements of one subject never run at the same time, and an object of the
   * gateway belongs to one record of the account, whatever their kinds: a second claim to it rejects. Gives the record as it was locked
   * and as it stands afterwards; undefined when there is none.
   */
  abstract settle(key: TrackedKey, settlement: Settlement<Tx>): Promise<Settled | undefined>;

  /**
   * Takes records whose check is due, oldest due first, and moves their next check by the lease, so
   * that no other process takes them meanwhile. Counts a check for each; the version stays.
   */
  abstract claimDue(
    account: string,
    limit: number,
    leaseMs: number,
  ): Promise<readonly TrackedRecord[]>;

  /**
   * Accounts with records whose check is due, of all that the database has, by one cheap question.
   * Undefined, unless a store overrides it: it cannot tell, and each account is asked by itself.
   */
  async accountsDue(): Promise<readonly string[] | undefined> {
    return undefined;
  }

  /**
   * Accounts with records that need a person, of all that the database has, by one cheap question.
   * Undefined, unless a store overrides it: it cannot tell.
   */
  async accountsLeft(): Promise<readonly string[] | undefined> {
    return undefined;
  }

  /**
   * Accounts with lines of history from before the date, of all that the database has, by one cheap
   * question: nobody else has anything for `purge`. Undefined, unless a store overrides it: it cannot tell.
   */
  async accountsToPurge(_before: Date): Promise<readonly string[] | undefined> {
    return undefined;
  }

  /** Sets when the sweeper looks next, in milliseconds from now. */
  abstract reschedule(key: TrackedKey, nextCheckMs: number): Promise<void>;

  /**
   * Lets the sweeper look no more at a record that has its outcome; one that waits for it is left
   * alone.
   */
  abstract unwatch(key: TrackedKey): Promise<void>;

  /**
   * How many records of some kinds need a person, and how many wait for an outcome (`created`,
   * `attempted`). What has its outcome and is still watched is not among them.
   */
  abstract counts(
    account: string,
    kinds: readonly TrackedKind[],
  ): Promise<{ readonly needsAttention: number; readonly open: number }>;

  /** Records of some kinds that need a person, oldest first. */
  abstract needingAttention(
    account: string,
    kinds: readonly TrackedKind[],
    limit: number,
  ): Promise<readonly TrackedRecord[]>;

  /** The changes of a record since its intent, oldest first; none when there is no such record. */
  abstract history(key: TrackedKey): Promise<readonly HistoryLine[]>;

  /**
   * Records by the time of their intents, those of one moment in an order that stays. Page after page
   * gives every record that was there when the first was asked for, and none twice.
   */
  abstract within(account: string, window: RecordWindow): Promise<readonly TrackedRecord[]>;

  /**
   * Forgets the history of records that nobody looks at any more (no machine, no person) and that have
   * not changed since the date. The records stay, so that nothing can happen twice. Gives how many
   * histories were forgotten; what is being settled meanwhile may be left to the next purge.
   */
  abstract purge(account: string, before: Date): Promise<number>;

  /**
   * Notes which handlers this process has, in one statement, with the database's time. A store that does
   * not implement it keeps none.
   */
  async noteHandlers(_handlers: readonly HandlerNote[]): Promise<void> {}

  /** The handlers that any process has noted, by account, kind and name. */
  async notedHandlers(): Promise<readonly NotedHandler[]> {
    return [];
  }

  /** Frees what the store itself has opened. */
  abstract close(): Promise<void>;
}
