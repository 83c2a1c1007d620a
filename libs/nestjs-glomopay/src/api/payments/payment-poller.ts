import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Observable } from 'rxjs';
import type { Clock } from '../../config/clock.js';
import type { GlomopayConfig } from '../../config/glomopay-config.js';
import { GLOMOPAY_CLOCK, GLOMOPAY_CONFIG } from '../../config/glomopay.tokens.js';
import { GlomopayAbortedError } from '../../errors/aborted.error.js';
import { GlomopayPollTimeoutError } from '../../errors/poll-timeout.error.js';
import { assertDuration } from '../../values/assert-duration.js';
import { scrub } from '../../logging/scrub.js';
import { PaymentPoll, type FetchPayment, type PollListener } from './payment-poll.js';
import { isFinalPaymentStatus, type Payment } from './payment.js';

/** How one caller waits. */
export interface WaitOptions {
  /** Ends the wait at once, with its timer and its request. */
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for a final status, in milliseconds. @defaultValue the module's `polling.timeoutMs` */
  readonly timeoutMs?: number | undefined;
  /** Pause between two looks, in milliseconds. @defaultValue what the gateway gave, else the module's */
  readonly intervalMs?: number | undefined;
}

/** All polls of this process together start at most this often. */
const SHORTEST_GAP_MS = 50;
/** Bounds of a pause that the gateway names. */
const SHORTEST_INTERVAL_MS = 1_000;
const LONGEST_INTERVAL_MS = 30_000;
/** Bounds of a pause that a caller names for itself; timers break above 2^31. */
const SHORTEST_OWN_INTERVAL_MS = 100;
const LONGEST_WAIT_MS = 24 * 60 * 60_000;
/** Intervals of payments that were started here and may be waited for; older ones use the default. */
const REMEMBERED = 10_000;

/** Waits for payments: one poll per payment and process, however many callers wait for it. */
@Injectable()
export class PaymentPoller implements OnModuleDestroy {
  readonly #polls = new Map<string, PaymentPoll>();
  #intervals = new Map<string, number>();
  #olderIntervals: ReadonlyMap<string, number> = new Map();
  readonly #config: GlomopayConfig;
  readonly #clock: Clock;
  #turns: Promise<void> = Promise.resolve();
  #nextTurn = 0;
  #closed = false;

  constructor(
    @Inject(GLOMOPAY_CONFIG) config: GlomopayConfig,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#config = config;
    this.#clock = clock;
  }

  /** Keeps the interval that the gateway gave with a new payment, in milliseconds. */
  remember(id: string, intervalMs: number): void {
    // Two halves: giving up the older one whole is far cheaper than to look for the oldest entry.
    if (this.#intervals.size >= REMEMBERED / 2) {
      this.#olderIntervals = this.#intervals;
      this.#intervals = new Map();
    }
    this.#intervals.set(
      id,
      Math.min(LONGEST_INTERVAL_MS, Math.max(SHORTEST_INTERVAL_MS, intervalMs)),
    );
  }

  waitForFinal(id: string, fetch: FetchPayment, options: WaitOptions): Promise<Payment> {
    return new Promise((resolve, reject) => {
      this.watch(id, fetch, options).subscribe({
        next: (payment) => {
          if (isFinalPaymentStatus(payment.status)) resolve(payment);
        },
        error: reject,
      });
    });
  }

  watch(id: string, fetch: FetchPayment, options: WaitOptions): Observable<Payment> {
    const { signal, timeoutMs = this.#config.polling.timeoutMs, intervalMs } = options;
    assertDuration('wait', 'timeoutMs', timeoutMs, [1, LONGEST_WAIT_MS]);
    assertDuration('wait', 'intervalMs', intervalMs, [SHORTEST_OWN_INTERVAL_MS, LONGEST_WAIT_MS]);
    return new Observable((subscriber) => {
      let last: Payment | undefined;
      let lastFault: unknown;
      const listener: PollListener = {
        payment: (payment) => {
          if (last === undefined || !sameState(last, payment)) subscriber.next(payment);
          last = payment;
          if (isFinalPaymentStatus(payment.status)) subscriber.complete();
        },
        fault: (fault) => {
          lastFault = fault;
        },
        failed: (failure) => subscriber.error(failure),
      };
      const abort = (): void => subscriber.error(new GlomopayAbortedError(`The wait for ${id}`));
      if (signal?.aborted === true || this.#closed) return abort();
      const timer = setTimeout(() => {
        const cause = lastFault === undefined ? {} : { cause: lastFault };
        subscriber.error(new GlomopayPollTimeoutError(id, timeoutMs, statusOf(last), cause));
      }, timeoutMs);
      signal?.addEventListener('abort', abort, { once: true });
      const poll = this.#join(id, fetch, intervalMs, listener);
      return () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        poll.leave(listener);
      };
    });
  }

  /** Whether nobody waits for a payment. */
  get isIdle(): boolean {
    return this.#polls.size === 0;
  }

  /** Ends every wait; nothing runs after shutdown. */
  onModuleDestroy(): void {
    this.#closed = true;
    for (const [id, poll] of this.#polls) poll.end(new GlomopayAbortedError(`The wait for ${id}`));
  }

  #join(
    id: string,
    fetch: FetchPayment,
    ownInterval: number | undefined,
    listener: PollListener,
  ): PaymentPoll {
    const running = this.#polls.get(id);
    if (running !== undefined) {
      running.join(listener, ownInterval);
      return running;
    }
    const poll = new PaymentPoll({
      clock: this.#clock,
      intervalMs:
        this.#intervals.get(id) ?? this.#olderIntervals.get(id) ?? this.#config.polling.intervalMs,
      fetch,
      turn: (signal) => this.#turn(signal),
      ended: () => this.#polls.delete(id),
    });
    this.#polls.set(id, poll);
    poll.join(listener, ownInterval);
    return poll;
  }

  /**
   * Waits until this process may ask again; the rate of all polls together is bounded. One after
   * the other: a poll that was given up while it waited takes no turn from the others.
   */
  #turn(signal: AbortSignal): Promise<void> {
    this.#turns = this.#turnAfter(this.#turns, signal);
    return this.#turns;
  }

  async #turnAfter(earlier: Promise<void>, signal: AbortSignal): Promise<void> {
    await earlier;
    if (signal.aborted) return;
    const wait = this.#nextTurn - this.#clock.now();
    if (wait > 0) await this.#clock.sleep(wait, signal).catch(() => undefined);
    if (!signal.aborted) this.#nextTurn = this.#clock.now() + SHORTEST_GAP_MS;
  }
}

/** The status for an error: text of the gateway, which may be anything. */
function statusOf(payment: Payment | undefined): string | undefined {
  return payment === undefined ? undefined : scrub(payment.status, []);
}

/** The members that change while a payment lives. */
function sameState(before: Payment, after: Payment): boolean {
  return (
    before.status === after.status &&
    before.complianceStatus === after.complianceStatus &&
    before.fundsAvailable === after.fundsAvailable
  );
}
