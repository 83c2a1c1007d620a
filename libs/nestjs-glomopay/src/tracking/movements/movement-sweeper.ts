import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../config/glomopay.tokens.js';
import { isGlomopayError } from '../../errors/any-glomopay.error.js';
import { CreatesUnderWay } from './creates-under-way.js';
import { HandlerRoll } from '../handlers/handler-roll.js';
import { LastLook } from './last-look.js';
import { MovementSettlement } from './movement-settlement.js';
import { MovementWatch } from './movement-watch.js';
import { Movements } from './movement.js';
import { isSpent, pauseAfter } from './check-plan.js';
import { witnesses } from '../store/history-line.js';
import { isSettled, openStates, type TrackedRecord } from '../store/tracked-record.js';
import { isLeftAsFailed } from './transition.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { TrackingStore } from '../store/tracking-store.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { jittered } from '../../values/jittered.js';

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
/** "No such payment" is believed after this time and two looks: the request may still be under way. */
const BELIEVE_ABSENT_MS = 15 * 60_000;
const BELIEVE_ABSENT_CHECKS = 2;
const SPREAD = [0.8, 1.2] as const;

/**
 * Asks the gateway about movements whose outcome, or a milestone after it, has not come by itself: the
 * buyer closed the window, a webhook got lost, a process died. A kind that nothing here tracks is left to
 * the process that does. Safe on several machines at once.
 */
@Injectable()
export class MovementSweeper {
  readonly #logger = new Logger('Glomopay');
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #settlement: MovementSettlement;
  readonly #movements: Movements;
  readonly #watch: MovementWatch;
  readonly #lastLook: LastLook;
  readonly #underWay: CreatesUnderWay;
  readonly #roll: HandlerRoll;
  readonly #clock: Clock;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(MovementSettlement) settlement: MovementSettlement,
    @Inject(Movements) movements: Movements,
    @Inject(MovementWatch) watch: MovementWatch,
    @Inject(LastLook) lastLook: LastLook,
    @Inject(CreatesUnderWay) underWay: CreatesUnderWay,
    @Inject(HandlerRoll) roll: HandlerRoll,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#config = config;
    this.#store = store;
    this.#settlement = settlement;
    this.#movements = movements;
    this.#watch = watch;
    this.#lastLook = lastLook;
    this.#underWay = underWay;
    this.#roll = roll;
    this.#clock = clock;
  }

  /** Takes one round; none where outcomes are left to other processes. */
  async sweep(): Promise<SweepReport> {
    const { account, sweep } = this.#config;
    if (!(await this.#roll.mayConclude())) return { checked: 0, settled: 0, needsAttention: 0 };
    const claimed = await this.#store.claimDue(account, sweep.batch, LEASE_MS);
    const due = claimed.filter(({ kind }) => this.#movements.has(kind));
    const after = await Promise.all(due.map((record) => this.#check(record)));
    return {
      checked: claimed.length,
      settled: after.filter(({ state }, index) => isSettled(state) && !isWatch(due[index])).length,
      needsAttention: after.filter(({ state }) => state === 'needs_attention').length,
    };
  }

  async #check(record: TrackedRecord): Promise<TrackedRecord> {
    if (isWatch(record)) {
      return this.#watch.check(record, quietFor(record), () => this.#look(record));
    }
    const look = await this.#lookAndEnd(record);
    if (!openStates.includes(look.record.state)) return look.record;
    const { plan } = this.#movements.of(record.kind);
    if (isSpent(plan, record, ageOf(record))) {
      const reason = look.handlerFailed ? 'handler_failed' : 'no_outcome';
      return this.#settlement.observe(record, { kind: 'given_up', reason }, witnesses.sweep);
    }
    await this.#store.reschedule(record, this.#jittered(pauseAfter(plan, record)));
    return look.record;
  }

  /** What the gateway has, or the end of a record for which it has nothing. */
  async #lookAndEnd(record: TrackedRecord): Promise<Look> {
    const look = await this.#look(record);
    if (!look.answered || !openStates.includes(look.record.state)) return look;
    if (isLeftAsFailed(look.record)) return this.#tried(record, () => this.#endLeft(look.record));
    return isLongAbsent(look.record, record) && !this.#underWay.has(record)
      ? this.#tried(record, () => this.#endAbsent(record))
      : look;
  }

  /** Another process was told that nothing was charged, and may not write outcomes. */
  #endLeft(record: TrackedRecord): Promise<TrackedRecord> {
    const { errorCode, errorDescription } = record;
    const reason = record.reason === 'rejected' ? 'rejected' : 'not_sent';
    return this.#settlement.observe(
      record,
      { kind: 'absent', reason, errorCode, errorDescription },
      witnesses.sweep,
    );
  }

  /**
   * Ends a record for which the gateway has had nothing for a long time, after a last look. Where the
   * money has moved all the same, the gateway does not tell by which request: a person has to.
   */
  async #endAbsent(record: TrackedRecord): Promise<TrackedRecord> {
    const last = await this.#settlement.settle(record, witnesses.sweep);
    if (last.state !== 'created') return last;
    const isPaid = await this.#lastLook.isPaidOtherwise(record);
    return this.#settlement.observe(
      record,
      isPaid
        ? { kind: 'given_up', reason: 'unexpected_success' }
        : { kind: 'absent', reason: 'never_arrived', errorCode: null, errorDescription: null },
      witnesses.sweep,
    );
  }

  #look(record: TrackedRecord): Promise<Look> {
    return this.#tried(record, () => this.#settlement.settle(record, witnesses.sweep));
  }

  /** What fails of one record keeps no other from its end, and is tried again at the next look. */
  async #tried(record: TrackedRecord, work: () => Promise<TrackedRecord>): Promise<Look> {
    try {
      return { record: await work(), answered: true, handlerFailed: false };
    } catch (thrown) {
      const handlerFailed = this.#reportSilence(record, thrown);
      return { record, answered: false, handlerFailed };
    }
  }

  /** True when it was not the gateway that failed, but a handler of the host or the store. */
  #reportSilence(record: TrackedRecord, thrown: unknown): boolean {
    const handlerFailed = !isGlomopayError(thrown);
    if (handlerFailed) this.#settlement.reportHandlerFault(thrown);
    else this.#logger.warn(`no answer about ${record.requestId}: ${thrown.code}`);
    return handlerFailed;
  }

  #jittered(ms: number): number {
    return jittered(ms, SPREAD, () => this.#clock.random());
  }
}

/** One look at the gateway; `answered` is false while it cannot be asked, or a handler fails. */
interface Look {
  readonly record: TrackedRecord;
  readonly answered: boolean;
  readonly handlerFailed: boolean;
}

function isLongAbsent(now: TrackedRecord, claimed: TrackedRecord): boolean {
  if (now.state !== 'created' || now.objectId !== null) return false;
  return ageOf(claimed) >= BELIEVE_ABSENT_MS && claimed.checks >= BELIEVE_ABSENT_CHECKS;
}

/** It has its outcome, and is looked at for what comes after. */
function isWatch(record: TrackedRecord | undefined): boolean {
  return record !== undefined && isSettled(record.state);
}

/**
 * How old a record is that was just claimed, in milliseconds. Times come from the database: the claim
 * has set the next check to its now plus the lease.
 */
function ageOf({
  nextCheckAt,
  createdAt,
}: Pick<TrackedRecord, 'nextCheckAt' | 'createdAt'>): number {
  return nextCheckAt === null ? 0 : nextCheckAt.getTime() - LEASE_MS - createdAt.getTime();
}

/** For how long nothing has changed, in the same way. */
function quietFor({ nextCheckAt, updatedAt }: TrackedRecord): number {
  return ageOf({ nextCheckAt, createdAt: updatedAt });
}
