import { neutrally } from '../../values/neutral-context.js';
import { Ticker } from './ticker.js';
import type { WorkGround } from './work-engine.js';
import type { ReportFailure, WorkLoop } from './work-loop.js';

/** Accounts that are asked for their events at once, and whose payments are looked at at once. */
const LOOKS_AT_ONCE = 8;
const SWEEPS_AT_ONCE = 16;

/** What {@link Rounds} are made of. */
export interface RoundsOptions {
  readonly ground: WorkGround | undefined;
  readonly pollEveryMs: number;
  readonly sweepEveryMs: number;
  /** Whether the process lives on for the next round. */
  readonly keepsAlive: boolean;
}

/**
 * The two clocks of all accounts that share a ground: one question says which of them have something
 * due, and only those are worked on. What is idle costs the same for one account and for a thousand.
 */
export class Rounds {
  readonly #options: RoundsOptions;
  readonly #report: ReportFailure;
  readonly #loops = new Set<WorkLoop>();
  readonly #toSweep = new Set<WorkLoop>();
  readonly #sweeping = new Set<WorkLoop>();
  readonly #clocks: readonly Ticker[];
  #isTidying = false;

  constructor(options: RoundsOptions, report: ReportFailure) {
    const { pollEveryMs, sweepEveryMs, keepsAlive } = options;
    this.#options = options;
    this.#report = report;
    this.#clocks = [
      new Ticker(pollEveryMs, keepsAlive, () => this.#look()),
      new Ticker(sweepEveryMs, keepsAlive, () => this.#sweep()),
    ];
  }

  /** Whether a work with these options belongs to these rounds. */
  fits({ ground, pollEveryMs, sweepEveryMs }: RoundsOptions): boolean {
    const own = this.#options;
    return (
      own.ground === ground && own.pollEveryMs === pollEveryMs && own.sweepEveryMs === sweepEveryMs
    );
  }

  add(loop: WorkLoop): void {
    this.#loops.add(loop);
  }

  /** Whether it was the last: nothing is left to take rounds for. */
  remove(loop: WorkLoop): boolean {
    this.#toSweep.delete(loop);
    return this.#loops.delete(loop) && this.#loops.size === 0;
  }

  /** Takes no further rounds, and resolves when the last ones have ended. */
  async end(): Promise<void> {
    await Promise.all(this.#clocks.map((clock) => clock.stop()));
  }

  async #look(): Promise<void> {
    void this.#tidy();
    const waiting = await this.#having('webhook events', (ground) => ground.accountsWithEvents());
    const looks = waiting.values();
    const one = async (): Promise<void> => {
      for (const loop of looks) await loop.look();
    };
    await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, one));
  }

  /**
   * An account whose gateway is slow delays its own next round only. One that has more due than a round
   * takes goes on at once, after the others that wait.
   */
  async #sweep(): Promise<void> {
    void this.#tidy();
    const waiting = await this.#having('payments', (ground) => ground.accountsWithPayments());
    for (const loop of waiting) this.#toSweep.add(loop);
    this.#sweepSome();
  }

  /** One account after the other, beside the rounds, which do not wait for it. */
  async #tidy(): Promise<void> {
    if (this.#isTidying) return;
    this.#isTidying = true;
    for (const loop of this.#loops) await loop.tidy();
    this.#isTidying = false;
  }

  #sweepSome(): void {
    for (const loop of this.#toSweep) {
      if (this.#sweeping.size >= SWEEPS_AT_ONCE) return;
      this.#toSweep.delete(loop);
      if (this.#sweeping.has(loop) || !this.#loops.has(loop)) continue;
      this.#sweeping.add(loop);
      void this.#sweepOne(loop);
    }
  }

  async #sweepOne(loop: WorkLoop): Promise<void> {
    const hasMore = await loop.sweep();
    this.#sweeping.delete(loop);
    if (hasMore) this.#toSweep.add(loop);
    this.#sweepSome();
  }

  async #having(
    what: string,
    ask: (ground: WorkGround) => Promise<ReadonlySet<string> | undefined>,
  ): Promise<readonly WorkLoop[]> {
    const { ground } = this.#options;
    try {
      const accounts = ground === undefined ? undefined : await neutrally(() => ask(ground));
      const loops = [...this.#loops];
      return accounts === undefined
        ? loops
        : loops.filter(({ work }) => accounts.has(work.account));
    } catch (thrown) {
      this.#report(`the question which accounts have ${what} due`, thrown);
      return [];
    }
  }
}
