import type { HistoryLine } from '../history-line.js';
import type { ReceivedEvent } from '../inbox-event.js';
import type { Row } from '../row.js';
import type { TrackedKey } from '../tracked-record.js';
import type { ChangeColumns } from './change-columns.js';
import type { InsertedIntent, NewIntent } from './new-intent.js';
import type { Sql, SqlTransaction } from './sql.js';

/** The statements about movements that every database has, with their parameters. */
export interface MovementStatements {
  /** `account`, `kind`, `request_id`. */
  readonly findByKey: string;
  /** `account`, `object_id`. */
  readonly findByObject: string;
  /** `account`, `subject_id`; oldest first. */
  readonly findBySubject: string;
  readonly accountsWithMovements: string;
  /** Milliseconds from now, `account`, `kind`, `request_id`. */
  readonly reschedule: string;
  /** `account`, `kind`, `request_id`. */
  readonly unwatch: string;
  /** `account`, a JSON list of kinds, how many; oldest first. */
  readonly needingAttention: string;
  /** `account`, `kind`, `request_id`; oldest first. */
  readonly history: string;
  /** `account`, from, to, and the place after which it goes on: time, kind, `request_id`; how many. */
  readonly within: string;

  /** A JSON list of notes. */
  readonly noteHandlers: string;
  readonly notedHandlers: string;
}

/** The transaction of one settlement. */
export interface SettlementTransaction<Tx> extends Pick<SqlTransaction<Tx>, 'lend'> {
  /**
   * Locks the record and everything of its subject against other settlements, then reads it, with
   * `paid_already`: what the settlement that had the lock before has done is in it.
   */
  lock(key: TrackedKey): Promise<Row | undefined>;
  /** Writes the change into the version it was decided for; nothing comes back when that is gone. */
  update(change: ChangeColumns): Promise<Row | undefined>;
  /** Appends a line to the history of a record. */
  note(key: TrackedKey, line: HistoryLine): Promise<void>;
  /** Puts an event into the inbox, unless it is there. */
  put(event: ReceivedEvent): Promise<void>;
}

/** What a database has of its own about movements. */
export interface SqlMovements<Tx> extends Pick<Sql<Tx>, 'read' | 'write'> {
  readonly statements: MovementStatements;
  settlement<T>(work: (transaction: SettlementTransaction<Tx>) => Promise<T>): Promise<T>;
  /** Writes an intent, with others that arrive at the same time, and gives the record that stands. */
  insert(item: NewIntent): Promise<InsertedIntent>;
  /** Claims what is due; what this version cannot read comes unclaimed, for the log. */
  claimDue(account: string, limit: number, leaseMs: number): Promise<readonly Row[]>;
  /** One row with `needs_attention` and `open`. */
  counts(account: string, kinds: string): Promise<readonly Row[]>;
  /** Forgets at most so many histories in one transaction; gives how many. */
  purge(account: string, before: number, limit: number): Promise<number>;
  /** Calls back what the database's clock took back when it was set back. */
  recall(): Promise<void>;
  /** Waits for the inserts that are under way. */
  idle(): Promise<void>;
}
