import { within } from '../values/within.js';

/** Accounts that are tried once more at once. */
const AT_ONCE = 4;
/** What is well again is waited for, but no longer than the work of others may wait. */
const WELL_AGAIN_MS = 250;

/**
 * Accounts that could not be made when there was work for them, such as those whose vault hangs. They are
 * tried again beside the work and not in it, so they hold up no others.
 */
export class TroubledAccounts {
  readonly #open: (name: string) => Promise<unknown>;
  /** The one that was tried longest ago first. */
  readonly #names = new Set<string>();
  readonly #tried = new Set<string>();

  /** @param open Makes an account, or finds that nobody knows it; rejects where it cannot be made now. */
  constructor(open: (name: string) => Promise<unknown>) {
    this.#open = open;
  }

  add(name: string): void {
    this.#names.add(name);
  }

  /** Those of these names that can be worked for, also the ones that are well again. */
  async without(names: readonly string[]): Promise<readonly string[]> {
    const waiting = new Set(names);
    const troubled = [...this.#names].filter((name) => waiting.has(name)).values();
    const trying = Array.from({ length: AT_ONCE - this.#tried.size }, () => this.#try(troubled));
    await within(WELL_AGAIN_MS, Promise.all(trying), () => undefined);
    return names.filter((name) => !this.#names.has(name));
  }

  /** One after the other, until one is as it was: the next look goes on with the others. */
  async #try(names: Iterable<string>): Promise<void> {
    for (const name of names) {
      if (this.#tried.has(name)) continue;
      this.#tried.add(name);
      const isWell = await this.#isWell(name);
      this.#tried.delete(name);
      this.#names.delete(name);
      if (isWell) continue;
      this.#names.add(name);
      return;
    }
  }

  async #isWell(name: string): Promise<boolean> {
    try {
      await this.#open(name);
      return true;
    } catch {
      return false;
    }
  }
}
