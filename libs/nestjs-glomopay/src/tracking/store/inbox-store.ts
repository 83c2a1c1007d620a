import type {
  ClaimedEvent,
  EventKey,
  InboxConclusion,
  InboxEvent,
  InboxFilter,
  InboxState,
  ReceivedEvent,
} from './inbox-event.js';
import type { Patience } from './patience.js';

/** The process that claimed an event has lost it: its lease ended and another one has taken it. */
export class LeaseLostError extends Error {
  constructor() {
    super('The lease of this event has ended, or its handler is done; nothing was written');
    this.name = 'LeaseLostError';
  }
}

/**
 * The part of a tracking store that keeps webhook events: the raw bytes as they arrived, and how far
 * each handler has come. Times go by the database's clock.
 */
export abstract class InboxStore<Tx = unknown> {
  /**
   * Writes an event durably, once per key, open and due at once. False: this very body is known, also
   * when it has been purged since, until its key is forgotten ({@link forgetKeys}).
   *
   * @param patience When its signal is aborted the caller has given up: the store rejects, and forgets
   *   the event unless it is being written already. A store may ignore it.
   */
  abstract insert(event: ReceivedEvent, patience?: Patience): Promise<boolean>;

  /**
   * Takes an event that is open and due, and moves its next try by the lease. Of several callers at
   * once exactly one gets it. Undefined: nothing to do for anybody.
   */
  abstract claim(key: EventKey, leaseMs: number): Promise<ClaimedEvent | undefined>;

  /** Ids of events that are open and due, the longest due first. Claims nothing. */
  abstract due(account: string, limit: number): Promise<readonly string[]>;

  /**
   * Accounts with events that are open and due, of all that the database has, by one cheap question.
   * Undefined, unless a store overrides it: it cannot tell, and each account is asked by itself.
   */
  async accountsDue(): Promise<readonly string[] | undefined> {
    return undefined;
  }

  /**
   * Accounts with events that are parked (`failed`), of all that the database has, by one cheap question.
   * Undefined, unless a store overrides it: it cannot tell.
   */
  async accountsLeft(): Promise<readonly string[] | undefined> {
    return undefined;
  }

  /**
   * Accounts with handled events that were received before the date, of all that the database has, by one
   * cheap question: those whom `purge` has something to do for. Undefined, unless a store overrides it: it
   * cannot tell.
   */
  async accountsToPurge(_before: Date): Promise<readonly string[] | undefined> {
    return undefined;
  }

  /**
   * Runs a handler's work in a transaction that also records the handler as done: both are committed
   * or neither. The lease is checked inside the transaction, before the work.
   *
   * @throws {LeaseLostError} another process has the event, or the handler is done already; the work
   *   was not run.
   */
  abstract commit(
    claim: Pick<ClaimedEvent, 'account' | 'id' | 'token'>,
    handler: string,
    work: (tx: Tx) => Promise<void>,
  ): Promise<void>;

  /**
   * Writes where an event and its handlers stand, and ends the lease. A handler that is done stays
   * done. False: another process has the event by now; nothing was written.
   */
  abstract conclude(
    claim: Pick<ClaimedEvent, 'account' | 'id' | 'token'>,
    conclusion: InboxConclusion,
  ): Promise<boolean>;

  abstract find(key: EventKey): Promise<InboxEvent | undefined>;

  /** The payload as received; undefined when the event is unknown or was purged. */
  abstract body(key: EventKey): Promise<Buffer | undefined>;

  /** Events of an account, newest first. */
  abstract list(account: string, filter: InboxFilter): Promise<readonly InboxEvent[]>;

  /**
   * Opens a parked event again, due at once: what has failed starts over with no tries, what is done
   * stays done. False: there is no such parked event.
   */
  abstract replay(key: EventKey): Promise<boolean>;

  /**
   * Forgets events that are not open and were received before the date, with their payloads and handlers.
   * Their keys stay, so that a late redelivery is still known: `insert` gives false, and everything else
   * knows nothing of them. Gives how many were purged now.
   */
  abstract purge(account: string, olderThan: Date, which?: InboxPurge): Promise<number>;

  /**
   * Forgets the keys of events that were received before the date and have been purged: each of them is
   * new when it comes again. The key of an event that is there stays, whatever its age. A store may keep
   * what is within two hours of the date. Gives how many keys were forgotten.
   */
  abstract forgetKeys(account: string, before: Date): Promise<number>;

  /** How many events are open and parked, and when the oldest open one was received. */
  abstract counts(account: string): Promise<InboxCounts>;
}

/** Which events `purge` takes. */
export interface InboxPurge {
  /** In these states. What is open is never taken. @defaultValue handled and failed */
  readonly states?: readonly InboxState[] | undefined;
  /** At most this many, the oldest of each state first. @defaultValue all */
  readonly atMost?: number | undefined;
}

/** The states that a purge takes: what is open, never. */
export function purgedStates(states: readonly InboxState[] | undefined): readonly InboxState[] {
  return (states ?? ['handled', 'failed']).filter((state) => state !== 'open');
}

/** What `counts` gives. */
export interface InboxCounts {
  readonly open: number;
  readonly failed: number;
  readonly oldestOpenAt: Date | null;
}
