/**
 * How long somebody waits for a store; an `AbortController` is one. Its signal is made when it is asked
 * for, and costs more than hashing an event: so only those ask for it who have something to give up.
 */
export interface Patience {
  /** Aborted: nobody waits any more. */
  readonly signal: AbortSignal;
}
