import { Named } from '../errors/named.decorator.js';
import { WorkEngine, type Work } from '../tracking/engine/work-engine.js';
import { AccountQueues } from './account-queues.js';
import type { BullMqEngineOptions } from './bull-mq-options.js';
import { assertUsable } from './connections.js';
import { RedisTrouble } from './redis-trouble.js';

/**
 * Spreads the work over all processes that share a Redis: each event goes to one of them, and each
 * round over waiting events and payments is taken by one.
 *
 * Redis holds nothing that the database does not have. While it is away events are still stored and
 * acknowledged; they are handled when it is back, also when it has lost everything. What BullMQ does
 * twice is done once, because the database decides who works on an event.
 *
 * @example
 * new BullMqEngine({ connection: { url: process.env.REDIS_URL } })
 */
@Named('BullMqEngine')
export class BullMqEngine extends WorkEngine {
  readonly #options: Required<BullMqEngineOptions>;
  readonly #trouble = new RedisTrouble();
  readonly #accounts = new Map<string, AccountQueues>();

  constructor({ connection, prefix = '{glomopay}', concurrency = 16 }: BullMqEngineOptions) {
    super();
    assertUsable(connection);
    if (typeof prefix !== 'string' || prefix === '') {
      throw new TypeError('prefix must be a text that is not empty');
    }
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      throw new RangeError('concurrency must be a whole number, 1 or more');
    }
    this.#options = { connection, prefix, concurrency };
  }

  /** Resolves at once, also while Redis is away. */
  override async start(work: Work): Promise<void> {
    if (this.#accounts.has(work.account)) throw new Error(`${work.account} was started before`);
    this.#accounts.set(work.account, new AccountQueues(work, this.#options, this.#trouble));
  }

  override wake(account: string, eventId: string): void {
    this.#accounts.get(account)?.events.wake(eventId);
  }

  override async stop(account: string): Promise<void> {
    const queues = this.#accounts.get(account);
    this.#accounts.delete(account);
    await queues?.stop();
  }
}
