import type { BullMqEngineOptions } from './bull-mq-options.js';
import type { RedisTrouble } from './redis-trouble.js';
import type { SharedWork } from './shared-work.js';
import { WorkQueue } from './work-queue.js';

/** Wakes that Redis has not answered yet; more are dropped, because the database has every event. */
const MOST_WAKES_UNDER_WAY = 1_000;

const EVENT = 'event';

/** What a job carries: an id, and not the event. */
interface EventJob {
  readonly eventId: string;
}

/**
 * The events of one account that wait to be worked on, one job each.
 *
 * A wake is swallowed while a job of the same event is there. When that job has already seen the event
 * in its old state, the next look for events that are due finds it.
 */
export class EventQueue {
  readonly #jobs: WorkQueue<EventJob>;
  readonly #trouble: RedisTrouble;
  #wakesUnderWay = 0;

  constructor(work: SharedWork, options: Required<BullMqEngineOptions>, trouble: RedisTrouble) {
    const name = `events-${encodeURIComponent(work.account)}`;
    this.#trouble = trouble;
    this.#jobs = new WorkQueue(
      { ...options, name, account: work.account, mayTake: () => work.mayTake('events') },
      trouble,
      async (_name, job, running) => {
        await running
          .track(work.handle(job.eventId))
          .catch((error: unknown) => trouble.work('Work on a webhook event', error));
      },
    );
  }

  /** Never throws, never waits, and keeps a bounded number of wakes in memory. */
  wake(eventId: string): void {
    if (this.#wakesUnderWay >= MOST_WAKES_UNDER_WAY) return;
    this.#wakesUnderWay += 1;
    void this.#jobs.queue
      .add(EVENT, { eventId }, { jobId: idOf(eventId) })
      .catch((error: unknown) => this.#trouble.redis(error))
      .finally(() => {
        this.#wakesUnderWay -= 1;
      });
  }

  async add(eventIds: readonly string[]): Promise<void> {
    await this.#jobs.queue.addBulk(
      eventIds.map((eventId) => ({
        name: EVENT,
        data: { eventId },
        opts: { jobId: idOf(eventId) },
      })),
    );
  }

  /** How many events wait for a worker. */
  waiting(): Promise<number> {
    return this.#jobs.queue.getWaitingCount();
  }

  stop(): Promise<void> {
    return this.#jobs.stop();
  }
}

/** The queue is the account's own. BullMQ allows neither a colon nor a whole number. */
function idOf(eventId: string): string {
  return `event-${encodeURIComponent(eventId)}`;
}
