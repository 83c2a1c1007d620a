import { setTimeout as sleep } from 'node:timers/promises';
import type { BullMqEngineOptions } from './bull-mq-options.js';
import type { EventQueue } from './event-queue.js';
import type { RedisTrouble } from './redis-trouble.js';
import type { Running } from './running.js';
import type { SharedWork } from './shared-work.js';
import { LEAVE_NO_TRACE, WorkQueue } from './work-queue.js';
import { jittered } from '../values/jittered.js';

/** After at most this time schedules that Redis has lost are back. */
const RENEW_EVERY_MS = 5_000;
const RENEW_AGAIN_MS = 1_000;
const SPREAD = [0.8, 1] as const;
/** Events that are fetched at once, and those still waiting below which more are fetched. */
const BATCH = 1_000;
const FEW = 250;
const BACKLOG_LOOK_MS = 100;

/**
 * The rounds of one account: the look for events that wait, and the sweep over payments. BullMQ
 * schedules each for the fleet, and one process takes it. They have a queue of their own, so that no
 * backlog of events delays them.
 */
export class Rounds {
  readonly #work: SharedWork;
  readonly #events: EventQueue;
  readonly #trouble: RedisTrouble;
  readonly #jobs: WorkQueue<unknown>;
  readonly #taking = new Set<string>();
  readonly #stop = new AbortController();

  constructor(
    work: SharedWork,
    events: EventQueue,
    options: Required<BullMqEngineOptions>,
    trouble: RedisTrouble,
  ) {
    this.#work = work;
    this.#events = events;
    this.#trouble = trouble;
    const name = `rounds-${encodeURIComponent(work.account)}`;
    this.#jobs = new WorkQueue(
      {
        ...options,
        name,
        account: work.account,
        concurrency: 2,
        mayTake: () => work.mayTake('payments'),
      },
      trouble,
      (round, _, running) =>
        this.#take(round, () =>
          round === 'sweep' ? this.#sweep(running) : this.#lookForEvents(running),
        ),
    );
    void this.#keepScheduled();
  }

  stop(): Promise<void> {
    this.#stop.abort();
    return this.#jobs.stop();
  }

  /** A round that takes longer than the pause between two is not joined by a second one here. */
  async #take(round: string, run: () => Promise<unknown>): Promise<void> {
    if (this.#taking.has(round) || this.#stop.signal.aborted) return;
    this.#taking.add(round);
    try {
      await run();
    } catch (error) {
      this.#trouble.work(`The round ${round}`, error);
    } finally {
      this.#taking.delete(round);
    }
  }

  /** Beside the round, which does not wait for it. */
  async #tidy(running: Running): Promise<void> {
    try {
      await running.track(this.#work.tidy());
    } catch (error) {
      this.#trouble.work('Forgetting what is old', error);
    }
  }

  /** Goes on as long as there are more than one round takes. */
  async #sweep(running: Running): Promise<void> {
    void this.#tidy(running);
    let hasMore = true;
    while (hasMore && !this.#stop.signal.aborted) {
      ({ hasMore } = await running.track(this.#work.sweep()));
    }
  }

  /** Goes on as long as there are more events than are fetched at once. */
  async #lookForEvents(running: Running): Promise<void> {
    void this.#tidy(running);
    const { signal } = this.#stop;
    while (!signal.aborted) {
      if ((await this.#events.waiting()) < FEW) {
        const due = await running.track(this.#work.due(BATCH));
        await this.#events.add(due);
        if (due.length < BATCH) return;
      }
      await sleep(BACKLOG_LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Every process does it, because a Redis that was flushed has forgotten all schedules. */
  async #keepScheduled(): Promise<void> {
    const { pollEveryMs, sweepEveryMs } = this.#work;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const isDone =
        (await this.#schedule('look', pollEveryMs)) &&
        (await this.#schedule('sweep', sweepEveryMs));
      const pause = jittered(isDone ? RENEW_EVERY_MS : RENEW_AGAIN_MS, SPREAD, Math.random);
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Changes nothing where the schedule is there already. */
  async #schedule(round: string, everyMs: number): Promise<boolean> {
    const { queue } = this.#jobs;
    try {
      if (everyMs > 0) {
        await queue.upsertJobScheduler(
          round,
          { every: everyMs },
          { name: round, opts: LEAVE_NO_TRACE },
        );
      } else {
        await queue.removeJobScheduler(round);
      }
      return true;
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#trouble.redis(error);
      return false;
    }
  }
}
