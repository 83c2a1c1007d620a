import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../config/glomopay.tokens.js';
import { GlomopayApiError } from '../../errors/api.error.js';
import { isGlomopayError } from '../../errors/any-glomopay.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import { TimeLimit } from '../../values/time-limit.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { witnesses } from '../store/history-line.js';
import type { TrackedIntent, TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { CreatesUnderWay } from './creates-under-way.js';
import { MovementSettlement } from './movement-settlement.js';
import { recordBeyond } from './record-beyond.js';
import { assertSameIntent } from './same-intent.js';
import { isLeftAsFailed, type Observation } from './transition.js';

/** What is to be started: the intent that is written down first, and the call that follows it. */
export interface MovementRequest<Answer> {
  readonly intent: TrackedIntent;
  /** For an error about it: `The payment`. */
  readonly what: string;
  /** The members in which a record that stands under the `requestId` is another intent. */
  readonly differing: (stands: TrackedRecord) => readonly string[];
  /** Asks the gateway. */
  readonly create: (options: RequestOptions) => Promise<Answer>;
  readonly objectIdOf: (answer: Answer) => string;
  /**
   * Whether it may be asked for once more while nobody knows of an answer: only where the gateway
   * recognises the `request_id` and gives the first object back.
   */
  readonly mayRepeat: boolean;
}

/** A movement that is being tracked. */
export interface MovementStart<Answer> {
  readonly record: TrackedRecord;
  /** What the gateway has answered; undefined when nothing was sent. */
  readonly answer: Answer | undefined;
  /** Whether its `requestId` had been used before. */
  readonly replayed: boolean;
}

/** How long after the intent a second caller waits for the first one's answer. */
const FIRST_CALLER_MS = 5_000;
/**
 * From the intent to the end of the create, whatever the limits of the call. It ends well before the
 * sweeper believes that nothing was sent, also for a process that was frozen in between.
 */
const CREATE_WITHIN_MS = 10 * 60_000;
/** A repetition begins no later than this after the intent, and takes no longer: it ends within that time. */
const REPEAT_WITHIN_MS = 5 * 60_000;

/** Writes intents down, then asks the gateway for what they want, each once. */
@Injectable()
export class MovementStarter {
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #settlement: MovementSettlement;
  readonly #underWay: CreatesUnderWay;
  readonly #clock: Clock;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(MovementSettlement) settlement: MovementSettlement,
    @Inject(CreatesUnderWay) underWay: CreatesUnderWay,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#config = config;
    this.#store = store;
    this.#settlement = settlement;
    this.#underWay = underWay;
    this.#clock = clock;
  }

  /**
   * Starts a movement, once for its `requestId`. What the create throws is thrown again; a refusal has
   * ended the record then, and an unknown outcome leaves it open. Whatever the gateway has answered is
   * told, also where it cannot be written down: the record stays open then, and the sweeper finds out.
   *
   * @throws {GlomopayRequestIdConflictError} another intent stands under the `requestId`; nothing was sent.
   */
  start<Answer>(
    request: MovementRequest<Answer>,
    options?: RequestOptions,
  ): Promise<MovementStart<Answer>> {
    return this.#within(CREATE_WITHIN_MS, request, options, async (limited) => {
      const { sweep } = this.#config;
      const { record, inserted } = await this.#store.insert(request.intent, sweep.firstCheckMs);
      if (!inserted) return this.replay(request, record, limited);
      const answer = await this.#first(request, record, limited);
      return { record: await this.#note(request, record, answer), answer, replayed: false };
    });
  }

  /**
   * What became of an intent that has been written down before: the first caller has a little time to
   * note its answer. One of which nobody knows is asked for again where that is safe.
   *
   * @throws {GlomopayRequestIdConflictError} another intent stands under the `requestId`; nothing was sent.
   */
  async replay<Answer>(
    request: MovementRequest<Answer>,
    stands: TrackedRecord,
    options?: RequestOptions,
  ): Promise<MovementStart<Answer>> {
    assertSameIntent(request.what, stands, request.differing(stands));
    const patienceMs = request.mayRepeat
      ? Math.min(FIRST_CALLER_MS, FIRST_CALLER_MS - this.#ageOf(stands))
      : FIRST_CALLER_MS;
    const record = await recordBeyond('created', stands, this.#store, this.#clock, patienceMs);
    if (!request.mayRepeat || !this.#isRepeatable(record)) {
      return { record, answer: undefined, replayed: true };
    }
    // Whatever it throws ends nothing: the first try may be under way yet, and the sweeper finds out.
    const answer = await this.#within(REPEAT_WITHIN_MS, request, options, request.create);
    return { record: await this.#note(request, record, answer), answer, replayed: true };
  }

  /** A record of which nothing is known yet, young enough that no sweeper ends it meanwhile. */
  #isRepeatable(record: TrackedRecord): boolean {
    const { state, objectId } = record;
    if (state !== 'created' || objectId !== null || isLeftAsFailed(record)) return false;
    return this.#ageOf(record) < REPEAT_WITHIN_MS;
  }

  #ageOf({ createdAt }: TrackedRecord): number {
    return this.#clock.date() - createdAt.getTime();
  }

  async #within<T>(
    limitMs: number,
    { intent }: Pick<MovementRequest<unknown>, 'intent'>,
    options: RequestOptions | undefined,
    work: (options: RequestOptions) => Promise<T>,
  ): Promise<T> {
    const limit = new TimeLimit(limitMs, options?.signal);
    try {
      return await this.#underWay.track(intent, () => work({ ...options, signal: limit.signal }));
    } finally {
      limit.clear();
    }
  }

  async #first<Answer>(
    { create }: MovementRequest<Answer>,
    record: TrackedRecord,
    options: RequestOptions,
  ): Promise<Answer> {
    try {
      return await create(options);
    } catch (thrown) {
      // Unknown outcomes leave the record open; the sweeper looks the object up.
      if (isGlomopayError(thrown) && thrown.outcome !== 'unknown') {
        const refused = thrown instanceof GlomopayApiError ? thrown : undefined;
        await this.#observe(record, {
          kind: 'absent',
          reason: refused === undefined ? 'not_sent' : 'rejected',
          errorCode: refused?.gatewayCode ?? null,
          errorDescription: refused?.gatewayMessage ?? null,
        });
      }
      throw thrown;
    }
  }

  #note<Answer>(
    { objectIdOf }: MovementRequest<Answer>,
    record: TrackedRecord,
    answer: Answer,
  ): Promise<TrackedRecord> {
    return this.#observe(record, { kind: 'attempt', objectId: objectIdOf(answer) });
  }

  /** A database or a handler that fails must not hide from the caller whether money has moved. */
  async #observe(record: TrackedRecord, observation: Observation): Promise<TrackedRecord> {
    try {
      return await this.#settlement.observe(record, observation, witnesses.request);
    } catch (thrown) {
      this.#settlement.reportHandlerFault(thrown);
      return record;
    }
  }
}
