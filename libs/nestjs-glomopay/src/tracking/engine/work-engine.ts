import { Named } from '../../errors/named.decorator.js';

/** What the works of several accounts share: a database that says which of them have something due. */
export interface WorkGround {
  /** Accounts with events that are due. Undefined: it cannot tell, so each is asked. */
  accountsWithEvents(): Promise<ReadonlySet<string> | undefined>;
  /** Accounts with payments whose check is due. Undefined: it cannot tell, so each takes its round. */
  accountsWithPayments(): Promise<ReadonlySet<string> | undefined>;
}

/** What a round over payments has done. */
export interface WorkRound {
  /** Payments that were looked at. */
  readonly checked: number;
  /** Whether they were as many as a round takes, so that there may be more. */
  readonly hasMore: boolean;
}

/** The work of one merchant account, as an engine drives it. */
export interface Work {
  /** Name of the account; an engine may drive several. */
  readonly account: string;
  /** The same object for all works that one question serves. Absent: the account is asked by itself. */
  readonly ground?: WorkGround;
  /**
   * Works on one event: claims it, runs the handlers that are not done, records their progress. An
   * event that is not due or is someone else's is left alone. Rejects only when the store fails; the
   * event then is due again when its lease ends.
   */
  handle(eventId: string): Promise<void>;
  /** Events that wait: new ones, those due again, those of a process that died. Longest due first. */
  due(limit: number): Promise<readonly string[]>;
  /** One round over the payments whose check is due. */
  sweep(): Promise<WorkRound>;
  /**
   * Upkeep: forgets what is older than the host keeps it. To be called now and then, beside the rounds; it
   * knows itself when it is time, and does nothing until then. Rejects when the store fails. Absent: there
   * is none.
   */
  tidy?(): Promise<void>;
  /**
   * Whether this process may do such work now, or lacks handlers and has to leave it to others. An
   * engine that spreads work then gives it none. Absent: it may.
   */
  mayTake?(what: 'events' | 'payments'): Promise<boolean>;
  /**
   * Of a work that many accounts share: that of one of them. Absent: it is of its `account` alone. An
   * engine that works off one account at a time asks for it.
   */
  of?(account: string): Work;
  /** Pause between two looks for events that wait. Milliseconds. */
  readonly pollEveryMs: number;
  /** Pause between two rounds over payments; 0: the host takes them. Milliseconds. */
  readonly sweepEveryMs: number;
}

/**
 * Makes work happen, in this process or on several machines. It holds no truth: whatever an engine
 * forgets is still in the database, and found again by `due` and `sweep`.
 *
 * One engine may serve several applications of a process, also when they have accounts of the same
 * name: the work of each is a work of its own.
 */
@Named('WorkEngine')
export abstract class WorkEngine {
  /** Begins to drive a work, after the tables are made. Called once per work. */
  abstract start(work: Work): Promise<void>;

  /**
   * Says that an event may be worked on now. Never throws and never waits: the answer to the gateway
   * must not depend on it.
   */
  abstract wake(account: string, eventId: string): void;

  /**
   * Ends: takes no new work and waits for what is running, 25 seconds at most; what is left stays
   * claimable.
   *
   * @param work The one that ends; without it every work of the account. What another application
   *   drives goes on.
   */
  abstract stop(account: string, work?: Work): Promise<void>;
}
