import { GlomopayAccountUnavailableError } from '../errors/account-unavailable.error.js';

/** `call`: one that stands by itself, or is part of a write; `write`: a write with the looks that belong to it. */
export type Passage = 'call' | 'write';

/**
 * Counts the calls that an account has under way, and lets none in once it was closed. What is under way
 * when it closes goes on to its end, with the looks that belong to it: whether money has moved is found
 * out also then. Whoever never pauses is not waited for beyond a time: then it is shut.
 */
export class AccountGate {
  readonly #entered: () => void;
  readonly #inside = { call: 0, write: 0 };
  #isClosing = false;
  #isShut = false;
  #emptied: (() => void) | undefined;

  /** @param entered Called at each call. */
  constructor(entered: () => void) {
    this.#entered = entered;
  }

  get isEmpty(): boolean {
    return this.#inside.call + this.#inside.write === 0;
  }

  /** @throws {GlomopayAccountUnavailableError} the account was closed. */
  enter(as: Passage = 'call'): void {
    if (this.#isClosing && !this.#belongs(as)) {
      throw new GlomopayAccountUnavailableError(
        'it was closed since this service was loaded; load the service for each piece of work',
      );
    }
    this.#inside[as] += 1;
    this.#entered();
  }

  leave(as: Passage = 'call'): void {
    this.#inside[as] -= 1;
    if (this.isEmpty) this.#emptied?.();
  }

  /** Resolves when nothing is under way; from then on nothing begins. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.isEmpty) return;
    await new Promise<void>((resolve) => {
      this.#emptied = resolve;
    });
  }

  /** Lets in nothing more but the calls of writes that are under way, which end at their deadlines. */
  shut(): void {
    this.#isClosing = true;
    this.#isShut = true;
  }

  /** Whether it may be a part of what was under way when the account closed. */
  #belongs(as: Passage): boolean {
    return this.#isShut ? as === 'call' && this.#inside.write > 0 : !this.isEmpty;
  }
}
