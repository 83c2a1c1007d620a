import { neutrally } from '../../values/neutral-context.js';
import { WorkEngine, type Work } from './work-engine.js';

/** How far {@link ManualEngine.workOff} goes. */
export interface WorkOffOptions {
  /** One account only. @defaultValue all of them */
  readonly account?: string;
  /** Events at most. @defaultValue no limit */
  readonly limit?: number;
  /** Ends it early: what is running is waited for, nothing more is begun. */
  readonly signal?: AbortSignal;
}

/** What was done. */
export interface WorkedOff {
  /** Events that were worked on. */
  readonly events: number;
  /** Payments that were looked at. */
  readonly payments: number;
}

/** Events of one account that are worked on at once. */
const AT_ONCE = 16;
const BATCH = 64;

/**
 * Does nothing until it is told to: for functions without a process of their own, where a schedule
 * works off what webhooks and buyers have left, and for tests, which then know when it was done.
 *
 * @example
 * const engine = new ManualEngine();
 * GlomopayTrackingModule.forRoot({ store, engine });
 * await engine.workOff({ signal: AbortSignal.timeout(20_000) });
 */
export class ManualEngine extends WorkEngine {
  readonly #works = new Set<Work>();
  readonly #running = new Set<Promise<unknown>>();

  override async start(work: Work): Promise<void> {
    this.#works.add(work);
  }

  override wake(): void {}

  /** Waits for what `workOff` is doing, which begins nothing more. */
  override async stop(account: string, work?: Work): Promise<void> {
    for (const one of this.#works) {
      if (one.account === account && (work === undefined || one === work)) this.#works.delete(one);
    }
    await Promise.allSettled(this.#running);
  }

  /**
   * Works on every event that is due and looks at every payment whose check is due, until there are
   * none; then forgets what the retention says, when it is time. What fails is due again later, and is left to the next call. Whichever account was last is
   * first in the next call, so that none is left behind where time always runs out.
   *
   * @throws what the store has failed with, when everything that was begun has ended.
   */
  async workOff(options: WorkOffOptions = {}): Promise<WorkedOff> {
    const { account, limit = Number.POSITIVE_INFINITY, signal } = options;
    if (Number.isNaN(limit) || limit < 0) throw new RangeError('limit must be 0 or more');
    let [events, payments] = [0, 0];
    // A list of its own: whatever had its turn goes to the end of the set.
    const works = [...this.#works];
    for (const whole of works) {
      const work = partOf(whole, account);
      const goesOn = (): boolean => signal?.aborted !== true && this.#works.has(whole);
      if (work === undefined || !goesOn()) continue;
      this.#works.delete(whole);
      this.#works.add(whole);
      events += await this.#track(workOffEvents(work, limit - events, goesOn));
      payments += await this.#track(workOffPayments(work, goesOn));
      if (goesOn()) await this.#track(neutrally(async () => work.tidy?.()));
    }
    return { events, payments };
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }
}

/** What of a work is asked for; undefined: nothing of it. */
function partOf(work: Work, account: string | undefined): Work | undefined {
  return account === undefined || work.account === account ? work : work.of?.(account);
}

/** Each event once: one that is due again already is left to the next call. */
async function workOffEvents(work: Work, limit: number, goesOn: () => boolean): Promise<number> {
  const begun = new Set<string>();
  while (goesOn() && begun.size < limit) {
    const due = await neutrally(() => work.due(BATCH + begun.size));
    const next = due.filter((id) => !begun.has(id)).slice(0, limit - begun.size);
    if (next.length === 0) break;
    const ids = next.values();
    const one = async (): Promise<void> => {
      for (const id of ids) {
        if (!goesOn()) return;
        begun.add(id);
        await neutrally(() => work.handle(id));
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, one));
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  }
  return begun.size;
}

async function workOffPayments(work: Work, goesOn: () => boolean): Promise<number> {
  let looks = 0;
  while (goesOn()) {
    const { checked, hasMore } = await neutrally(() => work.sweep());
    looks += checked;
    if (!hasMore) break;
  }
  return looks;
}
