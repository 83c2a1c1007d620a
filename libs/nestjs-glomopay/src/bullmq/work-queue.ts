import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import { neutrally } from '../values/neutral-context.js';
import type { BullMqEngineOptions } from './bull-mq-options.js';
import { isClient, producerConnection, workerConnection } from './connections.js';
import { taggedPrefix } from './hash-tag.js';
import type { RedisTrouble } from './redis-trouble.js';
import { Running } from './running.js';
import { isDoneWithin } from '../values/within.js';

/** How long a stop waits: for work that is running, then for each thing that is closed. */
export const DRAIN_MS = 21_000;
const CLOSE_TIMEOUT_MS = 1_000;
/** Jobs of a process that has died are somebody else's after the first plus twice the second. */
const LOCK_MS = 10_000;
const LOCK_LOOK_MS = 5_000;
const ASK_EVERY_MS = 2_000;

/** A job that has ended leaves nothing behind that could swallow a later one with the same id. */
export const LEAVE_NO_TRACE = { removeOnComplete: true, removeOnFail: true } as const;

/** What a queue is called, and how it reaches Redis. */
export interface WorkQueueOptions extends Required<BullMqEngineOptions> {
  readonly name: string;
  readonly account: string;
  /** Whether this process may take jobs now. */
  readonly mayTake: () => Promise<boolean>;
}

/** What this process does with one job: its name, its data, and where its work is to be tracked. */
export type WorkOnJob<Data> = (name: string, data: Data, running: Running) => Promise<void>;

/** A BullMQ queue, and this process's worker on it. */
export class WorkQueue<Data> {
  readonly queue: Queue<Data, void, string>;
  readonly #worker: Worker<Data, void, string>;
  readonly #running = new Running();
  readonly #clientIsOurs: boolean;
  readonly #stopping = new AbortController();

  constructor(options: WorkQueueOptions, trouble: RedisTrouble, work: WorkOnJob<Data>) {
    const { name, account, connection, concurrency } = options;
    const prefix = taggedPrefix(options.prefix, account);
    this.#clientIsOurs = !isClient(connection);
    this.queue = new Queue(name, {
      connection: producerConnection(connection),
      prefix,
      // The question for the version fails for good when Redis goes away just then.
      skipVersionCheck: true,
      defaultJobOptions: LEAVE_NO_TRACE,
    });
    this.#worker = new Worker(
      name,
      (job) => neutrally(() => work(job.name, job.data, this.#running)),
      {
        connection: workerConnection(connection),
        prefix,
        concurrency,
        lockDuration: LOCK_MS,
        stalledInterval: LOCK_LOOK_MS,
      },
    );
    this.queue.on('error', (error) => trouble.redis(error));
    this.#worker.on('error', (error) => trouble.redis(error));
    void this.#takeWhatItMay(options.mayTake);
  }

  /** Takes no new job, waits for what is running, and leaves in time whatever state Redis is in. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await isDoneWithin(CLOSE_TIMEOUT_MS, this.#worker.pause(true));
    const isDrained = await isDoneWithin(DRAIN_MS, this.#running.end());
    const isRedisThere = await isDoneWithin(CLOSE_TIMEOUT_MS, this.queue.getWaitingCount());
    await isDoneWithin(CLOSE_TIMEOUT_MS, this.#worker.close(!(isDrained && isRedisThere)));
    await isDoneWithin(CLOSE_TIMEOUT_MS, this.queue.close());
    if (!this.#clientIsOurs) return;
    // What did not close in time must not go on looking for Redis.
    void isDoneWithin(0, this.#worker.disconnect());
    void isDoneWithin(0, this.queue.disconnect());
  }

  /** A process that may not do the work takes no jobs: it would only keep them from those that may. */
  async #takeWhatItMay(mayTake: () => Promise<boolean>): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      // While the database does not say, everything stays as it is.
      const may = await mayTake().catch(() => undefined);
      if (signal.aborted) return;
      if (may === false) await this.#worker.pause(true);
      if (may === true && this.#worker.isPaused()) this.#worker.resume();
      await sleep(ASK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
