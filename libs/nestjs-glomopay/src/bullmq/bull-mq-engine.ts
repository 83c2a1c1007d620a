import { OptionChecks } from '../config/option-checks.js';
import { Named } from '../errors/named.decorator.js';
import { WorkEngine, type Work } from '../tracking/engine/work-engine.js';
import { AccountQueues } from './account-queues.js';
import type { BullMqEngineOptions } from './bull-mq-options.js';
import { assertUsable } from './connections.js';
import { hasHashTag } from './hash-tag.js';
import { RedisTrouble } from './redis-trouble.js';
import { SharedWork } from './shared-work.js';
import { isDoneWithin } from '../values/within.js';
import { DRAIN_MS } from './work-queue.js';

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
  readonly #accounts = new Map<string, Driven>();

  constructor(options: BullMqEngineOptions) {
    super();
    const checks = new OptionChecks();
    checks.group('BullMqEngine', options, ['connection', 'prefix', 'concurrency']);
    checks.assertNone();
    const { connection, prefix = 'glomopay', concurrency = 16 } = options;
    assertUsable(connection);
    if (typeof prefix !== 'string' || prefix === '') {
      throw new TypeError('prefix must be a text that is not empty');
    }
    if (/[{}]/.test(prefix) && !hasHashTag(prefix)) {
      throw new TypeError('prefix must have no braces, or a whole hash tag: {shop}');
    }
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      throw new RangeError('concurrency must be a whole number, 1 or more');
    }
    this.#options = { connection, prefix, concurrency };
  }

  /** Resolves at once, also while Redis is away. */
  override async start(work: Work): Promise<void> {
    const known = this.#accounts.get(work.account);
    const shared = known?.work ?? new SharedWork(work);
    shared.add(work);
    if (known !== undefined) return;
    const queues = new AccountQueues(shared, this.#options, this.#trouble);
    this.#accounts.set(work.account, { work: shared, queues });
  }

  override wake(account: string, eventId: string): void {
    this.#accounts.get(account)?.queues.events.wake(eventId);
  }

  override async stop(account: string, work?: Work): Promise<void> {
    const known = this.#accounts.get(account);
    if (known === undefined) return;
    if (work !== undefined && !known.work.isOnly(work)) {
      await isDoneWithin(DRAIN_MS, known.work.remove(work));
      return;
    }
    this.#accounts.delete(account);
    await known.queues.stop();
  }
}

/** An account that is driven: what is done for it, and the queues by which it comes. */
interface Driven {
  readonly work: SharedWork;
  readonly queues: AccountQueues;
}
