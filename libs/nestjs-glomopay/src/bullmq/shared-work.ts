import type { Work, WorkRound } from '../tracking/engine/work-engine.js';
import { Running } from './running.js';

/**
 * The works of one account in this process, as one: an account has one work, unless several
 * applications of the process drive accounts of the same name. What reaches one of their queues is for
 * whichever of them has the event.
 */
export class SharedWork implements Work {
  readonly account: string;
  readonly pollEveryMs: number;
  readonly sweepEveryMs: number;
  readonly #works = new Map<Work, Running>();

  constructor({ account, pollEveryMs, sweepEveryMs }: Work) {
    this.account = account;
    this.pollEveryMs = pollEveryMs;
    this.sweepEveryMs = sweepEveryMs;
  }

  add(work: Work): void {
    if (this.#works.has(work)) throw new Error(`${work.account} was started before`);
    this.#works.set(work, new Running());
  }

  /** Gives it nothing more; resolves when it has nothing running any more. */
  async remove(work: Work): Promise<void> {
    const running = this.#works.get(work);
    this.#works.delete(work);
    await running?.end();
  }

  isOnly(work: Work): boolean {
    return this.#works.has(work) && this.#works.size === 1;
  }

  async handle(eventId: string): Promise<void> {
    await this.#each((work) => work.handle(eventId));
  }

  async due(limit: number): Promise<readonly string[]> {
    const found = await this.#each((work) => work.due(limit));
    return [...new Set(found.flat())];
  }

  async sweep(): Promise<WorkRound> {
    const rounds = await this.#each((work) => work.sweep());
    return {
      checked: rounds.reduce((sum, { checked }) => sum + checked, 0),
      hasMore: rounds.some(({ hasMore }) => hasMore),
    };
  }

  async tidy(): Promise<void> {
    await this.#each(async (work) => work.tidy?.());
  }

  async mayTake(what: 'events' | 'payments'): Promise<boolean> {
    const may = await this.#each(async (work) => (await work.mayTake?.(what)) ?? true);
    return may.includes(true);
  }

  /** Each to its end; rejects with the first failure afterwards. */
  async #each<Result>(does: (work: Work) => Promise<Result>): Promise<Result[]> {
    const ended = await Promise.allSettled(
      [...this.#works].map(([work, running]) => running.track(does(work))),
    );
    return ended.map((end) => {
      if (end.status === 'rejected') throw end.reason;
      return end.value;
    });
  }
}
