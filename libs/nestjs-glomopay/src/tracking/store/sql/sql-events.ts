import type { HandlerProgress, InboxState, ReceivedEvent } from '../inbox-event.js';
import type { Row } from '../row.js';
import type { InboxQuery } from '../inbox-query.js';
import type { ConclusionColumns, EventClaim } from './conclusion-columns.js';
import type { Inserts } from './inserts.js';
import type { Looks } from './recall.js';
import type { Sql, SqlQuery } from './sql.js';

/** The statements about events that every database has, with their parameters. */
export interface EventStatements {
  /** `account`, how many; the longest due first, with `unreadable`. */
  readonly dueEvents: string;
  readonly accountsWithEvents: string;
  readonly accountsWithParked: string;
  /** Received before. */
  readonly accountsWithHandled: string;
  /** `account`, `id`. */
  readonly findEvent: string;
  /** `account`, `id`; a row with `body`. */
  readonly findBody: string;
  /** `account`, a JSON list of ids. */
  readonly findProgress: string;
  /** `account`, received before: some events in states of a newer version. */
  readonly unknownEvents: string;
}

/** How many keys of events one transaction forgets, or looks at, at most. */
export const KEYS_AT_ONCE = 1_000;

/** One batch of keys that were forgotten. */
export interface ForgottenKeys {
  readonly forgotten: number;
  /** Where the next batch goes on; null: there is none. */
  readonly place: string | null;
}

/** What a database has of its own about events. */
export interface SqlEvents<Tx> extends Sql<Tx> {
  readonly statements: EventStatements;
  /** Written together when they arrive at the same time. False: the event is known. */
  readonly inserts: Inserts<ReceivedEvent, boolean>;
  readonly recall: Looks;
  bodyOf(row: Row): Buffer;
  /** `body` and `token` of the event, when it could be claimed. */
  claim(account: string, id: string, leaseMs: number): Promise<Row | undefined>;
  /**
   * Marks a handler as done, first of all in a transaction; false when the lease is lost or the handler is
   * done. Until the transaction ends nobody else claims the event, and its other handlers go on.
   */
  markDone(query: SqlQuery, handler: string, claim: EventClaim): Promise<boolean>;
  /** Both in one transaction; false when the claim has been lost. */
  conclude(event: ConclusionColumns, handlers: readonly HandlerProgress[]): Promise<boolean>;
  /** Newest first. */
  list(account: string, filter: InboxQuery): Promise<readonly Row[]>;
  /** Opens a parked event and what has failed of its handlers, in one transaction. */
  replay(account: string, id: string): Promise<boolean>;
  /** One row with `open`, `failed` and `oldest_open_at`. */
  counts(account: string): Promise<readonly Row[]>;
  /**
   * Purges at most so many in these states, the oldest first, in one transaction; gives how many. Their
   * keys stay.
   */
  purge(
    account: string,
    before: number,
    limit: number,
    states: readonly InboxState[],
  ): Promise<number>;
  /**
   * Forgets the next keys that are older and whose events are gone, some of them in one transaction.
   *
   * @param place Where the batch before has ended; empty at the beginning.
   */
  forgetKeys(account: string, before: number, place: string): Promise<ForgottenKeys>;
}
