import type { WorkRound } from '../tracking/engine/work-engine.js';
import { within } from '../values/within.js';
import { waitUntil } from './wait-until.js';

/** Accounts whose movements are looked at at once. */
const AT_ONCE = 16;
/** A round does not wait longer for an account whose gateway is slow; the account goes on by itself. */
const ROUND_MS = 5_000;

/** Takes rounds over the movements of many accounts, a bounded number at once. */
export class SharedSweep {
  readonly #sweepOne: (account: string) => Promise<WorkRound>;
  readonly #roundMs: number;
  readonly #waiting = new Set<string>();
  readonly #running = new Set<string>();
  #checked = 0;
  #hasEnded = false;
  #idle: (() => void) | undefined;

  /**
   * @param sweepOne One round over an account's movements; never rejects.
   * @param roundMs How long a round waits.
   */
  constructor(sweepOne: (account: string) => Promise<WorkRound>, roundMs = ROUND_MS) {
    this.#sweepOne = sweepOne;
    this.#roundMs = roundMs;
  }

  /**
   * Has these accounts looked at. Resolves when it was done, or after a while, when `hasMore` says that it
   * goes on: so none waits for another one's gateway for long.
   */
  async round(accounts: readonly string[]): Promise<WorkRound> {
    if (this.#hasEnded) return { checked: 0, hasMore: false };
    for (const account of accounts) if (!this.#running.has(account)) this.#waiting.add(account);
    this.#pump();
    await within(this.#roundMs, this.#done(), () => undefined);
    const checked = this.#checked;
    this.#checked = 0;
    return { checked, hasMore: !this.#isIdle };
  }

  /** Begins nothing more, and resolves when nothing runs. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    this.#waiting.clear();
    await this.#done();
  }

  get #isIdle(): boolean {
    return this.#running.size === 0 && this.#waiting.size === 0;
  }

  /** Rounds come one after the other; the end comes beside one. */
  async #done(): Promise<void> {
    while (!this.#isIdle) {
      const earlier = this.#idle;
      await waitUntil((tell) => {
        this.#idle = () => {
          earlier?.();
          tell();
        };
      });
    }
  }

  #pump(): void {
    for (const account of this.#waiting) {
      if (this.#running.size >= AT_ONCE) return;
      this.#waiting.delete(account);
      this.#running.add(account);
      void this.#take(account);
    }
  }

  async #take(account: string): Promise<void> {
    const { checked, hasMore } = await this.#sweepOne(account);
    this.#checked += checked;
    this.#running.delete(account);
    if (hasMore && !this.#hasEnded) this.#waiting.add(account);
    this.#pump();
    if (!this.#isIdle) return;
    const tell = this.#idle;
    this.#idle = undefined;
    tell?.();
  }
}
