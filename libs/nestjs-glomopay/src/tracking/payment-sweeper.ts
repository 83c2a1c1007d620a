import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../config/clock.js';
import { GLOMOPAY_CLOCK } from '../config/glomopay.tokens.js';
import { isGlomopayError } from '../errors/glomopay.error.js';
import { PaymentSettlement } from './payment-settlement.js';
import { isSettled, type TrackedPayment } from './tracked-payment.js';
import type { TrackingConfig } from './tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from './tracking.tokens.js';

/** What one round of the sweeper has done. */
export interface SweepReport {
  /** Records that were looked at. */
  readonly checked: number;
  /** Of them, those that have their outcome now. */
  readonly settled: number;
  /** Of them, those that a person has to look at now. */
  readonly needsAttention: number;
}

/** While a record is being looked at, no other process takes it. */
const LEASE_MS = 60_000;
/** Where the host takes the rounds itself; else the first pause is as long as that between rounds. */
const FIRST_PAUSE_MS = 10_000;
const GROWTH = 1.5;
const LONGEST_PAUSE_MS = 15 * 60_000;
/** "No such payment" is believed after this time and two looks: the request may still be under way. */
const BELIEVE_ABSENT_MS = 15 * 60_000;
const BELIEVE_ABSENT_CHECKS = 2;
const JITTER = 0.2;

/**
 * Asks the gateway about payments whose outcome nobody has brought: the buyer closed the window, a
 * webhook got lost, a process died. Safe on several machines at once.
 */
@Injectable()
export class PaymentSweeper {
  readonly #logger = new Logger('Glomopay');
  readonly #config: TrackingConfig;
  readonly #settlement: PaymentSettlement;
  readonly #clock: Clock;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(PaymentSettlement) settlement: PaymentSettlement,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#config = config;
    this.#settlement = settlement;
    this.#clock = clock;
  }

  /** Takes one round. */
  async sweep(): Promise<SweepReport> {
    const { account, store, sweep } = this.#config;
    const due = await store.claimDue(account, sweep.batch, LEASE_MS);
    const after = await Promise.all(due.map((record) => this.#check(record)));
    return {
      checked: due.length,
      settled: after.filter(({ state }) => isSettled(state)).length,
      needsAttention: after.filter(({ state }) => state === 'needs_attention').length,
    };
  }

  async #check(record: TrackedPayment): Promise<TrackedPayment> {
    const look = await this.#look(record);
    if (isSettled(look.record.state) || look.record.state === 'needs_attention') return look.record;
    if (look.answered && isLongAbsent(look.record, record) && (await this.#look(record)).answered) {
      return this.#settlement.observe(record, {
        kind: 'no_payment',
        reason: 'never_arrived',
        errorCode: null,
        errorDescription: null,
      });
    }
    if (record.checks >= this.#config.sweep.maxChecks) {
      const reason = look.handlerFailed ? 'handler_failed' : 'no_outcome';
      return this.#settlement.observe(record, { kind: 'given_up', reason });
    }
    await this.#config.store.reschedule(record, this.#pauseAfter(record.checks));
    return look.record;
  }

  /** One look at the gateway; `answered` is false while it cannot be asked. */
  async #look(record: TrackedPayment): Promise<Look> {
    try {
      return {
        record: await this.#settlement.settle(record),
        answered: true,
        handlerFailed: false,
      };
    } catch (thrown) {
      const handlerFailed = !isGlomopayError(thrown);
      if (handlerFailed) this.#settlement.reportHandlerFault(thrown);
      else this.#logger.warn(`no answer about ${record.requestId}: ${String(thrown.code)}`);
      return { record, answered: false, handlerFailed };
    }
  }

  #pauseAfter(checks: number): number {
    const first = this.#config.sweep.everyMs || FIRST_PAUSE_MS;
    const bound = Math.min(LONGEST_PAUSE_MS, first * GROWTH ** checks);
    return bound * (1 - JITTER + 2 * JITTER * this.#clock.random());
  }
}

interface Look {
  readonly record: TrackedPayment;
  readonly answered: boolean;
  readonly handlerFailed: boolean;
}

/** Times come from the database: the claim has just set the next check to its now plus the lease. */
function isLongAbsent(now: TrackedPayment, claimed: TrackedPayment): boolean {
  const { nextCheckAt, createdAt, checks } = claimed;
  if (now.state !== 'created' || now.paymentId !== null || nextCheckAt === null) return false;
  const ageMs = nextCheckAt.getTime() - LEASE_MS - createdAt.getTime();
  return ageMs >= BELIEVE_ABSENT_MS && checks >= BELIEVE_ABSENT_CHECKS;
}
