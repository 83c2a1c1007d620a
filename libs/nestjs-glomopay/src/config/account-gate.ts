import { GlomopayAccountUnavailableError } from '../errors/account-unavailable.error.js';

/**
 * Counts the calls that an account has under way, and lets none in once it was closed. What is under way
 * when it closes goes on to its end, with the looks that belong to it: whether money has moved is found
 * out also then.
 */
export class AccountGate {
  readonly #entered: () => void;
  #inside = 0;
  #isClosing = false;
  #emptied: (() => void) | undefined;

  /** @param entered Called at each call. */
  constructor(entered: () => void) {
    this.#entered = entered;
  }

  get isEmpty(): boolean {
    return this.#inside === 0;
  }

  /** @throws {GlomopayAccountUnavailableError} the account was closed. */
  enter(): void {
    if (this.#isClosing && this.#inside === 0) {
      throw new GlomopayAccountUnavailableError(
        'it was closed since this service was loaded; load the service for each piece of work',
      );
    }
    this.#inside += 1;
    this.#entered();
  }

  leave(): void {
    this.#inside -= 1;
    if (this.#inside === 0) this.#emptied?.();
  }

  /** Resolves when nothing is under way; from then on nothing begins. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#inside === 0) return;
    await new Promise<void>((resolve) => {
      this.#emptied = resolve;
    });
  }
}
