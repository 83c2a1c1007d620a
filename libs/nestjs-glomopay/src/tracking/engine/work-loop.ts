import { neutrally } from '../../values/neutral-context.js';
import type { Work } from './work-engine.js';

/** More waiting ids than this are left to the database, which has them all. */
const REMEMBERED = 10_000;

/** Says what has failed. */
export type ReportFailure = (what: string, thrown: unknown) => void;

/** Works on one account's events in this process, a bounded number at once, each in a context of its own. */
export class WorkLoop {
  readonly work: Work;
  readonly #concurrency: number;
  readonly #report: ReportFailure;
  readonly #waiting = new Set<string>();
  readonly #events = new Set<Promise<void>>();
  readonly #rounds = new Set<Promise<void>>();
  #hasMore = false;
  #stopped = false;

  constructor(work: Work, concurrency: number, report: ReportFailure) {
    this.work = work;
    this.#concurrency = concurrency;
    this.#report = report;
  }

  wake(eventId: string): void {
    if (this.#stopped || this.#waiting.size >= REMEMBERED) return;
    this.#waiting.add(eventId);
    this.#pump();
  }

  /** Looks for events that wait. Never rejects. */
  look(): Promise<void> {
    this.#hasMore = false;
    return this.#track(this.#rounds, 'the look for webhook events', () => this.#look());
  }

  /** Takes a round over movements, and tells whether there may be more. Never rejects. */
  async sweep(): Promise<boolean> {
    let hasMore = false;
    await this.#track(this.#rounds, 'a round of the sweeper', async () => {
      ({ hasMore } = await this.work.sweep());
    });
    return hasMore;
  }

  /** Upkeep, when it is time. Never rejects. */
  tidy(): Promise<void> {
    return this.#track(this.#rounds, 'forgetting what is old', async () => this.work.tidy?.());
  }

  /** Takes nothing new, and resolves when nothing runs any more. */
  async end(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    await Promise.all([...this.#events, ...this.#rounds]);
  }

  #pump(): void {
    while (!this.#stopped && this.#events.size < this.#concurrency) {
      const [next] = this.#waiting;
      if (next === undefined) break;
      this.#waiting.delete(next);
      void this.#track(this.#events, 'work on a webhook event', () => this.work.handle(next));
    }
    if (this.#hasMore && this.#waiting.size === 0) void this.look();
  }

  /** A full batch means that there is more: the next look follows as soon as it is worked off. */
  async #look(): Promise<void> {
    const limit = this.#concurrency * 4;
    const due = await this.work.due(limit);
    this.#hasMore = due.length === limit;
    for (const id of due) this.wake(id);
  }

  #track(running: Set<Promise<void>>, what: string, work: () => Promise<unknown>): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    const tracked = neutrally(work)
      .then(
        () => undefined,
        (thrown: unknown) => this.#report(what, thrown),
      )
      .finally(() => {
        running.delete(tracked);
        this.#pump();
      });
    running.add(tracked);
    return tracked;
  }
}
