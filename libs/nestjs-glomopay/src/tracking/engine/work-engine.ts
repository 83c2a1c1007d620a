import { Named } from '../../errors/named.decorator.js';

/** The work of one merchant account, as an engine drives it. */
export interface Work {
  /** Name of the account; an engine may drive several. */
  readonly account: string;
  /**
   * Works on one event: claims it, runs the handlers that are not done, records their progress. An
   * event that is not due or is someone else's is left alone. Rejects only when the store fails; the
   * event then is due again when its lease ends.
   */
  handle(eventId: string): Promise<void>;
  /** Events that wait: new ones, those due again, those of a process that died. Longest due first. */
  due(limit: number): Promise<readonly string[]>;
  /** One round over the payments whose check is due. */
  sweep(): Promise<unknown>;
  /** Pause between two looks for events that wait. Milliseconds. */
  readonly pollEveryMs: number;
  /** Pause between two rounds over payments; 0: the host takes them. Milliseconds. */
  readonly sweepEveryMs: number;
}

/**
 * Makes work happen, in this process or on several machines. It holds no truth: whatever an engine
 * forgets is still in the database, and found again by `due` and `sweep`.
 */
@Named('WorkEngine')
export abstract class WorkEngine {
  /** Begins to drive an account's work. Called once per account, after the tables are made. */
  abstract start(work: Work): Promise<void>;

  /**
   * Says that an event may be worked on now. Never throws and never waits: the answer to the gateway
   * must not depend on it.
   */
  abstract wake(account: string, eventId: string): void;

  /**
   * Ends: takes no new work of the account and waits for what is running, 25 seconds at most; what is
   * left stays claimable. Called once per account.
   */
  abstract stop(account: string): Promise<void>;
}
