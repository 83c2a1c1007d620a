import type { Work } from './work-engine.js';

/** More waiting ids than this are left to the database, which has them all. */
const REMEMBERED = 10_000;
const JITTER = 0.2;
const LOOK = 'the look for webhook events';

/** Drives one account's work in this process: a bounded number of events at once, and two clocks. */
export class WorkLoop {
  readonly #work: Work;
  readonly #concurrency: number;
  readonly #report: (what: string, thrown: unknown) => void;
  readonly #waiting = new Set<string>();
  readonly #events = new Set<Promise<void>>();
  readonly #rounds = new Set<Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #hasMore = false;
  #stopped = false;

  constructor(work: Work, concurrency: number, report: (what: string, thrown: unknown) => void) {
    this.#work = work;
    this.#concurrency = concurrency;
    this.#report = report;
  }

  start(): void {
    const { pollEveryMs, sweepEveryMs } = this.#work;
    if (pollEveryMs > 0) this.#every(pollEveryMs, LOOK, () => this.#poll());
    if (sweepEveryMs > 0) {
      this.#every(sweepEveryMs, 'a round of the sweeper', () => this.#work.sweep());
    }
  }

  wake(eventId: string): void {
    if (this.#stopped || this.#waiting.size >= REMEMBERED) return;
    this.#waiting.add(eventId);
    this.#pump();
  }

  /** Takes nothing new, and waits for what is running, but not for ever. */
  async stop(drainMs: number): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, drainMs);
    });
    await Promise.race([Promise.all([...this.#events, ...this.#rounds]), patience]);
    clearTimeout(timer);
  }

  #pump(): void {
    while (!this.#stopped && this.#events.size < this.#concurrency) {
      const [next] = this.#waiting;
      if (next === undefined) break;
      this.#waiting.delete(next);
      this.#track(this.#events, 'work on a webhook event', this.#work.handle(next));
    }
    if (this.#hasMore && this.#waiting.size === 0) this.#track(this.#rounds, LOOK, this.#poll());
  }

  /** A full batch means that there is more: the next look follows as soon as it is worked off. */
  async #poll(): Promise<void> {
    this.#hasMore = false;
    const limit = this.#concurrency * 4;
    const due = await this.#work.due(limit);
    this.#hasMore = due.length === limit;
    for (const id of due) this.wake(id);
  }

  #every(pauseMs: number, what: string, round: () => Promise<unknown>): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        this.#track(
          this.#rounds,
          what,
          round().finally(() => {
            if (!this.#stopped) this.#every(pauseMs, what, round);
          }),
        );
      },
      pauseMs * (1 - JITTER + 2 * JITTER * Math.random()),
    );
    this.#timers.add(timer);
  }

  #track(running: Set<Promise<void>>, what: string, work: Promise<unknown>): void {
    const tracked = work
      .then(
        () => undefined,
        (thrown: unknown) => this.#report(what, thrown),
      )
      .finally(() => {
        running.delete(tracked);
        this.#pump();
      });
    running.add(tracked);
  }
}
