import type { Clock } from '../config/clock.js';
import type { GlomopayConfig } from '../config/glomopay-config.js';
import type { Deadline } from './deadline.js';
import type { GatewayCall } from './gateway-call.js';
import { RateLimit } from './rate-limit.js';
import { RetryBudget } from './retry-budget.js';
import { retryDelay } from './retry-delay.js';
import { isUnreadable, type FailedVerdict } from './verdict.js';
import type { WatchedCall } from './watched-call.js';

/** When an account may send: its rate limit before each attempt, and the pauses between them. */
export class CallPace {
  readonly #config: Pick<GlomopayConfig, 'retry'>;
  readonly #clock: Clock;
  readonly #rate: RateLimit;
  readonly #budget: RetryBudget;

  constructor(config: Pick<GlomopayConfig, 'retry' | 'rateLimit'>, clock: Clock) {
    this.#config = config;
    this.#clock = clock;
    this.#rate = new RateLimit(config.rateLimit, clock);
    this.#budget = new RetryBudget(clock);
  }

  /** Every call earns a part of a retry, whatever becomes of it. */
  countCall(): void {
    this.#budget.countCall();
  }

  /** Waits for a slot of the account's rate limit. Gives a verdict when there is no use in sending. */
  async slot(
    deadline: Deadline,
    signal: AbortSignal | undefined,
  ): Promise<FailedVerdict | undefined> {
    if (signal?.aborted === true) return { kind: 'aborted' };
    const wait = this.#rate.take(deadline.left());
    if (wait === 0) return undefined;
    if (wait === undefined) return { kind: 'held' };
    return this.#clock.sleep(wait, signal).then(
      () => undefined,
      () => ({ kind: 'aborted' }),
    );
  }

  /** Waits before the next attempt. False: there is none, by number, by time, or by the caller. */
  async pause(
    attempt: number,
    verdict: FailedVerdict,
    deadline: Deadline,
    {
      options,
      maxAttempts = this.#config.retry.maxAttempts,
    }: Pick<GatewayCall<unknown>, 'options' | 'maxAttempts'>,
    watch: WatchedCall | undefined,
  ): Promise<boolean> {
    const signal = options?.signal;
    if (attempt >= maxAttempts || signal?.aborted === true || isUnreadable(verdict)) return false;
    const retryAfter = 'retryAfter' in verdict ? verdict.retryAfter : undefined;
    const delay = retryDelay(attempt, retryAfter, this.#config.retry, this.#clock);
    if (delay >= deadline.left() || !this.#budget.allowsRetry()) return false;
    return this.#clock.sleep(delay, signal).then(
      () => {
        watch?.retry(delay);
        return true;
      },
      () => false,
    );
  }
}
