import { Logger } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { WorkEngine, type Work } from './work-engine.js';
import { WorkLoop } from './work-loop.js';

/** How much an {@link InProcessEngine} does at once. */
export interface InProcessEngineOptions {
  /** Events of one account that are worked on at the same time. @defaultValue 16 */
  readonly concurrency?: number;
}

/** How long a stop waits for handlers that are running. */
const DRAIN_MS = 25_000;

/**
 * Does the work in the process that received the event: nothing to install, and safe on several
 * machines too, because events and payments are claimed in the database. The default.
 */
@Named('InProcessEngine')
export class InProcessEngine extends WorkEngine {
  readonly #logger = new Logger('Glomopay');
  readonly #concurrency: number;
  readonly #loops = new Map<string, WorkLoop>();

  constructor({ concurrency = 16 }: InProcessEngineOptions = {}) {
    super();
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      throw new RangeError('concurrency must be a whole number, 1 or more');
    }
    this.#concurrency = concurrency;
  }

  override async start(work: Work): Promise<void> {
    const loop = new WorkLoop(work, this.#concurrency, (what, thrown) => {
      this.#logger.error(`${what} failed: ${thrown instanceof Error ? thrown.name : 'unknown'}`);
    });
    this.#loops.set(work.account, loop);
    loop.start();
  }

  override wake(account: string, eventId: string): void {
    this.#loops.get(account)?.wake(eventId);
  }

  override async stop(account: string): Promise<void> {
    const loop = this.#loops.get(account);
    this.#loops.delete(account);
    await loop?.stop(DRAIN_MS);
  }
}
