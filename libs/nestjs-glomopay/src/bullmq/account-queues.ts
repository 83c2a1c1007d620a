import type { BullMqEngineOptions } from './bull-mq-options.js';
import { EventQueue } from './event-queue.js';
import type { RedisTrouble } from './redis-trouble.js';
import { Rounds } from './rounds.js';
import type { SharedWork } from './shared-work.js';

/** The queues of one account: one for its events, and one for rounds, which no backlog can delay. */
export class AccountQueues {
  readonly events: EventQueue;
  readonly #rounds: Rounds;

  constructor(work: SharedWork, options: Required<BullMqEngineOptions>, trouble: RedisTrouble) {
    this.events = new EventQueue(work, options, trouble);
    this.#rounds = new Rounds(work, this.events, options, trouble);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#rounds.stop(), this.events.stop()]);
  }
}
