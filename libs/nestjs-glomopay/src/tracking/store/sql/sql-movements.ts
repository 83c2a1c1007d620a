import type { Erasure } from '../erasure.js';
import type { ReceivedEvent } from '../inbox-event.js';
import type { Row } from '../row.js';
import type { TrackedKey } from '../tracked-record.js';
import type { ChangeColumns } from './change-columns.js';
import type { Inserts } from './inserts.js';
import type { LineColumns } from './line-columns.js';
import type { InsertedIntent, NewIntent } from './new-intent.js';
import type { Looks } from './recall.js';
import type { Sql, SqlTransaction } from './sql.js';

/** The statements about movements that every database has, with their parameters. */
export interface MovementStatements {
  /** `account`, `kind`, `request_id`. */
  readonly findByKey: string;
  /** `account`, `object_id`. */
  readonly findByObject: string;
  /** `account`, `subject_id`; oldest first. */
  readonly findBySubject: string;
  /** `account` and the reference, twice, and how many; the newest first. */
  readonly findByReference: string;
  readonly accountsWithMovements: string;
  readonly accountsLeft: string;
  /** Lines from before. */
  readonly accountsWithHistory: string;
  /** Milliseconds from now, `account`, `kind`, `request_id`. */
  readonly reschedule: string;
  /** `account`, `kind`, `request_id`. */
  readonly unwatch: string;
  /** `account`, a JSON list of kinds, how many; oldest first. */
  readonly needingAttention: string;
  /** `account`, `kind`, `request_id`; oldest first. */
  readonly history: string;
  /** A JSON list of notes. */
  readonly noteHandlers: string;
  readonly notedHandlers: string;
}

/** Where a page of a window begins, and where the window ends. Times in milliseconds. */
export interface WindowPlace {
  /** The beginning of the window, or the time of the record after which it goes on. */
  readonly since: number;
  /** That record, which is known more exactly than by milliseconds; empty at the beginning. */
  readonly kind: string;
  readonly requestId: string;
  /** Exclusive. */
  readonly to: number;
}

/** A record that is locked, with what is around it: `paid_already`, `succeeded_count`, `succeeded_amount`. */
export interface LockedRow {
  readonly row: Row;
  /**
   * Reads it once more, where what the settlement that had the lock before has done to other records may
   * be missing. Undefined: nothing is.
   */
  readonly again?: () => Promise<LockedRow>;
}

/** The transaction of one settlement. */
export interface SettlementTransaction<Tx> extends Pick<SqlTransaction<Tx>, 'lend'> {
  /** Locks the record and everything of its subject against other settlements, then reads it. */
  lock(key: TrackedKey): Promise<LockedRow | undefined>;
  /**
   * Writes the change, a line of history and an event that is not in the inbox yet, and gives `updated_at`
   * and `next_check_at` of the record. Writes none of them and gives nothing where another version of the record stands than it was decided for, or, unless `lock`
   * was sure of them, other movements beside it.
   */
  update(
    change: ChangeColumns,
    line: LineColumns | undefined,
    event: ReceivedEvent | undefined,
  ): Promise<Row | undefined>;
  /** The `id` and `state` of events, by their ids or by the objects that they are about. */
  eventsOf(
    account: string,
    ids: readonly string[],
    objectIds: readonly string[],
  ): Promise<readonly Row[]>;
  /** Forgets events and their handlers. Their keys stay. */
  forgetEvents(account: string, ids: readonly string[]): Promise<void>;
  /** Forgets notes and names of people in the history of a locked record; gives in how many lines. */
  eraseLines(key: TrackedKey): Promise<number>;
  /** The same in the record itself, whose row comes back, and writes a line that says so. */
  eraseRecord(key: TrackedKey, erasure: Erasure): Promise<Row>;
}

/** What a database has of its own about movements. */
export interface SqlMovements<Tx> extends Pick<Sql<Tx>, 'read' | 'write'> {
  readonly statements: MovementStatements;
  settlement<T>(work: (transaction: SettlementTransaction<Tx>) => Promise<T>): Promise<T>;
  /** Intents, written together when they arrive at the same time; gives the record that stands. */
  readonly inserts: Inserts<NewIntent, InsertedIntent>;
  readonly recall: Looks;
  /** Claims what is due; what this version cannot read comes unclaimed, for the log. */
  claimDue(account: string, limit: number, leaseMs: number): Promise<readonly Row[]>;
  /** One row with `needs_attention` and `open`. */
  counts(account: string, kinds: string): Promise<readonly Row[]>;
  /** By the time of their intents; those of one moment in an order that stays. */
  within(account: string, place: WindowPlace, limit: number): Promise<readonly Row[]>;
  /**
   * Forgets, in one transaction, the histories to which the next lines after the place belong. One row:
   * how many were `purged`, and the `place` where the next batch goes on; NULL at the end.
   */
  purge(account: string, before: number, place: number): Promise<readonly Row[]>;
}
