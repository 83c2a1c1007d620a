import type { GlomopayKeySource } from './key-provider.js';
import type { Secret } from '../values/secret.js';

/** Secrets, the one that signs first. */
export type Secrets = readonly [Secret, ...Secret[]];

/**
 * Why keys are read:
 * - `due`: their time has come;
 * - `notified`: the source has told of a change;
 * - `refused`: the gateway has answered 401;
 * - `unknown_signature`: a message was signed by none of them;
 * - `asked`: the application asks.
 */
export type KeyRefreshCause = 'due' | 'notified' | 'refused' | 'unknown_signature' | 'asked';

/** The keys that count now. Whoever uses one asks for it each time, and keeps none. */
export interface KeyRing {
  /**
   * Every key that verifies; the first signs. The same array for as long as nothing changes, so that
   * what is made of it can be kept by it.
   */
  active(): Secrets;
  /**
   * Asks for other keys, because one was refused or did not fit; true: one counts now that did not.
   * Undefined: there are none to be had, or it was asked for a moment ago.
   */
  news(cause: KeyRefreshCause): Promise<boolean> | undefined;
  /**
   * Begins to follow its source, until it is closed.
   *
   * @throws {GlomopayConfigurationError} the source does not let itself be followed.
   */
  open(listener: (refresh: KeyRefresh) => void): void;
  /**
   * Follows another source in the place of its own from now on, and reads it. The keys of before stay
   * until then, and verify for a while afterwards, as after every reading. Fixed keys have none.
   *
   * @throws {GlomopayConfigurationError} the source does not let itself be followed.
   */
  follow(source: GlomopayKeySource): void;
  /** Stops following: what is active stays so. */
  close(): void;
  state(): KeyRingState;
}

/** A reading of keys that has ended. */
export interface KeyRefresh {
  readonly cause: KeyRefreshCause;
  readonly result: 'changed' | 'unchanged' | 'failed';
  /** What kept it from bringing usable keys; in words of ours, without a value. */
  readonly fault: string | undefined;
  readonly durationMs: number;
}

/** What is known of a ring; none of it is a key. */
export interface KeyRingState {
  /** `fixed`: given as texts; `provider`: read again and again. */
  readonly source: 'fixed' | 'provider';
  /** How many the source gives. */
  readonly present: number;
  /** How many verify only, because they were given until a while ago. */
  readonly older: number;
  /** When the last reading brought usable keys, in milliseconds since the Unix epoch. */
  readonly readAt: number | undefined;
  /** What the last reading came to grief of; undefined: it brought usable keys. */
  readonly fault: string | undefined;
}

/** Keys that were given as texts. */
export class FixedKeys implements KeyRing {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
    Object.freeze(this);
  }

  active(): Secrets {
    return this.#secrets;
  }

  news(): undefined {
    return undefined;
  }

  open(): void {
    // There is nothing to follow.
  }

  follow(): void {
    // Texts stay what they are.
  }

  close(): void {
    // Nor to stop.
  }

  state(): KeyRingState {
    const { length: present } = this.#secrets;
    return { source: 'fixed', present, older: 0, readAt: undefined, fault: undefined };
  }
}
