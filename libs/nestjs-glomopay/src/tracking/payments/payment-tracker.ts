import { Inject, Injectable } from '@nestjs/common';
import type { GlomopayCallback } from '../../callback/callback.js';
import type { Clock } from '../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../config/glomopay.tokens.js';
import { GlomopayApiError } from '../../errors/api.error.js';
import { isGlomopayError } from '../../errors/any-glomopay.error.js';
import { Named } from '../../errors/named.decorator.js';
import { GlomopayRequestIdConflictError } from '../../errors/request-id-conflict.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import type { CreatePaymentInput } from '../../api/payments/create-payment.dto.js';
import type { PaymentAttempt } from '../../api/payments/payment-attempt.js';
import type { PaymentsService } from '../../api/payments/payments.service.js';
import { SharedLooks } from '../../values/shared-looks.js';
import { TimeLimit } from '../../values/time-limit.js';
import { CreatesUnderWay } from './creates-under-way.js';
import { HandlerRoll } from '../handlers/handler-roll.js';
import { intentOf, type PaymentExpectation } from './payment-intent.js';
import { PaymentAttribution, PaymentUnclaimedError } from './payment-attribution.js';
import { PaymentSettlement } from './payment-settlement.js';
import { PaymentSweeper, type SweepReport } from './payment-sweeper.js';
import { isSettled, type PaymentIntent, type TrackedPayment } from '../store/tracked-payment.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { TrackingStore } from '../store/tracking-store.js';
import { GLOMOPAY_TRACKED_PAYMENTS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';

/** A payment that is being tracked, and where to send the buyer. */
export interface PaymentStart {
  readonly payment: TrackedPayment;
  /**
   * Present only for the caller that really started the payment; the gateway does not repeat it. Absent
   * also when the answer came after the payment had been reported as failed (`arrived_late`).
   */
  readonly redirectUrl?: string;
  /** True when this `requestId` had been used before; nothing was sent then. */
  readonly replayed: boolean;
}

/** How long a second caller waits for the first one's answer. */
const FIRST_CALLER_MS = 5_000;
const LOOK_EVERY_MS = 100;
/**
 * At most one look at the gateway per payment and second on behalf of browsers: a genuine callback can
 * be replayed by anyone who has its address.
 */
const LOOK_COUNTS_MS = 1_000;
/** How long the buyer's browser waits for the gateway to confirm what it claims. */
const CONFIRM_MS = 3_000;
/**
 * From the intent to the end of the create, whatever the limits of the call. It ends well before the
 * sweeper believes that nothing was sent, also for a process that was frozen in between.
 */
const CREATE_WITHIN_MS = 10 * 60_000;

/** Follows payments from their intent to their one outcome. */
@Injectable()
@Named('PaymentTracker')
export class PaymentTracker {
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #payments: PaymentsService;
  readonly #settlement: PaymentSettlement;
  readonly #attribution: PaymentAttribution;
  readonly #sweeper: PaymentSweeper;
  readonly #underWay: CreatesUnderWay;
  readonly #roll: HandlerRoll;
  readonly #clock: Clock;
  readonly #looks: SharedLooks<string, TrackedPayment | undefined>;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(GLOMOPAY_TRACKED_PAYMENTS) payments: PaymentsService,
    @Inject(PaymentSettlement) settlement: PaymentSettlement,
    @Inject(PaymentAttribution) attribution: PaymentAttribution,
    @Inject(PaymentSweeper) sweeper: PaymentSweeper,
    @Inject(CreatesUnderWay) underWay: CreatesUnderWay,
    @Inject(HandlerRoll) roll: HandlerRoll,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#config = config;
    this.#store = store;
    this.#payments = payments;
    this.#settlement = settlement;
    this.#attribution = attribution;
    this.#sweeper = sweeper;
    this.#underWay = underWay;
    this.#roll = roll;
    this.#clock = clock;
    this.#looks = new SharedLooks(() => clock.now());
  }

  /**
   * Starts a card payment that cannot get lost: writes what is expected of it, then submits the
   * card. The same `requestId` is one payment, also from two processes at once; whoever comes second
   * sends nothing and gets the first one's record.
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was written or sent.
   * @throws {GlomopayRequestIdConflictError} the `requestId` belongs to another amount, currency,
   *   order or reference; nothing was sent.
   * @throws {GlomopayApiError | GlomopayUnreachableError} nothing was charged; the record has failed.
   * @throws {GlomopayOutcomeUnknownError} the record stays open, and the sweeper finds out. Show the
   *   buyer "pending", never "try again".
   */
  async pay(
    payment: CreatePaymentInput,
    expectation: PaymentExpectation,
    options?: RequestOptions,
  ): Promise<PaymentStart> {
    const intent = intentOf(this.#config.account, payment, expectation);
    const limit = new TimeLimit(CREATE_WITHIN_MS, options?.signal);
    try {
      return await this.#underWay.track(intent.requestId, () =>
        this.#start(intent, payment, { ...options, signal: limit.signal }),
      );
    } finally {
      limit.clear();
    }
  }

  /**
   * Confirms what a browser came back with: asks the gateway, records the answer, and gives the
   * record. Undefined: the payment is not tracked here. While the gateway does not answer within
   * 3 seconds, the record stays as it is and the sweeper goes on. A success that no record of its
   * order knows, or that contradicts one, is reported for a person.
   */
  async confirm(
    callback: GlomopayCallback,
    options?: RequestOptions,
  ): Promise<TrackedPayment | undefined> {
    const { account } = this.#config;
    const record = await this.#store.findByPayment(account, callback.paymentId);
    return record === undefined
      ? this.#attribute(callback, options)
      : this.#look(record, callback.status, options);
  }

  /**
   * Asks the gateway about a payment by the `requestId` it was started with, and records the answer:
   * what {@link confirm} does, without a callback. For a page that shows a payment's state.
   */
  async check(requestId: string, options?: RequestOptions): Promise<TrackedPayment | undefined> {
    const record = await this.get(requestId);
    return record === undefined ? undefined : this.#look(record, undefined, options);
  }

  /** The record of a payment by the `requestId` it was started with. Asks the database only. */
  get(requestId: string): Promise<TrackedPayment | undefined> {
    return this.#store.find({ account: this.#config.account, requestId });
  }

  /**
   * Records that a person has to look at, oldest first; their `reason` says why. A later witness may
   * still settle one that is `needs_attention`; one that is a `mismatch` stays.
   *
   * @param limit At most this many; {@link counts} says how many there are.
   */
  needingAttention(limit: number): Promise<readonly TrackedPayment[]> {
    return this.#store.needingAttention(this.#config.account, limit);
  }

  /** How many payments wait for an outcome, and how many need a person. Asks the database only. */
  counts(): Promise<{ readonly needsAttention: number; readonly open: number }> {
    return this.#store.counts(this.#config.account);
  }

  /** Takes one round over the payments whose check is due. The module does it by itself too. */
  sweep(): Promise<SweepReport> {
    return this.#sweeper.sweep();
  }

  async #start(
    intent: PaymentIntent,
    payment: CreatePaymentInput,
    options: RequestOptions,
  ): Promise<PaymentStart> {
    const { sweep } = this.#config;
    const { record, inserted } = await this.#store.insert(intent, sweep.firstCheckMs);
    if (!inserted) {
      assertSameIntent(intent, record);
      return { payment: await this.#afterFirstCaller(record), replayed: true };
    }
    const attempt = await this.#submit(record, payment, options);
    const noted = await this.#settlement.observe(record, {
      kind: 'attempt',
      paymentId: attempt.paymentId,
    });
    const mayPay = attempt.redirectUrl !== undefined && noted.reason !== 'arrived_late';
    return {
      payment: noted,
      ...(mayPay && { redirectUrl: attempt.redirectUrl }),
      replayed: false,
    };
  }

  /**
   * At most one look a second; a record that is settled needs none, unless the browser contradicts it or
   * it was given up without a payment.
   */
  async #look(
    record: TrackedPayment,
    claim: GlomopayCallback['status'] | undefined,
    options?: RequestOptions,
  ): Promise<TrackedPayment> {
    if (isSettled(record.state) && !contradicts(record, claim) && !mayHaveArrived(record)) {
      return record;
    }
    const looked = await this.#looks.share(record.requestId, LOOK_COUNTS_MS, () =>
      this.#settlement
        .settle(record, { ...options, deadlineMs: options?.deadlineMs ?? CONFIRM_MS })
        .catch((thrown: unknown) => {
          if (!isGlomopayError(thrown)) this.#settlement.reportHandlerFault(thrown);
          return record;
        }),
    );
    return looked === undefined ? record : this.#asOthersLeaveIt(looked);
  }

  /** A process that may not write outcomes waits a little for one that may. */
  async #asOthersLeaveIt(record: TrackedPayment): Promise<TrackedPayment> {
    if (isSettled(record.state) || (await this.#roll.mayConclude())) return record;
    const isFinal = record.gatewayStatus === 'success' || record.gatewayStatus === 'failed';
    return isFinal ? this.#until(record, ({ state }) => state !== 'attempted', CONFIRM_MS) : record;
  }

  /** While no id is written down: the records of the order, if they leave no choice. */
  async #attribute(
    { orderId, paymentId }: GlomopayCallback,
    options?: RequestOptions,
  ): Promise<TrackedPayment | undefined> {
    const { account } = this.#config;
    const attributed = await this.#looks.share(paymentId, LOOK_COUNTS_MS, () =>
      this.#attribution
        .attribute({ paymentId, payinId: orderId }, { deadlineMs: CONFIRM_MS, ...options })
        .catch((thrown: unknown) => {
          if (isUnexpected(thrown)) this.#settlement.reportHandlerFault(thrown);
          return undefined;
        }),
    );
    if (attributed !== undefined) return attributed;
    const open = (await this.#store.findByOrder(account, orderId)).filter(
      (candidate) => candidate.paymentId === null && !isSettled(candidate.state),
    );
    return open.length === 1 ? open[0] : undefined;
  }

  async #submit(
    record: TrackedPayment,
    payment: CreatePaymentInput,
    options: RequestOptions | undefined,
  ): Promise<PaymentAttempt> {
    try {
      return await this.#payments.create(payment, options);
    } catch (thrown) {
      // Unknown outcomes leave the record open; the sweeper looks the payment up.
      if (isGlomopayError(thrown) && thrown.outcome !== 'unknown') {
        const refused = thrown instanceof GlomopayApiError ? thrown : undefined;
        await this.#settlement.observe(record, {
          kind: 'no_payment',
          reason: refused === undefined ? 'not_sent' : 'rejected',
          errorCode: refused?.gatewayCode ?? null,
          errorDescription: refused?.gatewayMessage ?? null,
        });
      }
      throw thrown;
    }
  }

  /** Gives the first caller time to write down its payment, so that the second one can show it. */
  #afterFirstCaller(record: TrackedPayment): Promise<TrackedPayment> {
    return this.#until(record, ({ state }) => state !== 'created', FIRST_CALLER_MS);
  }

  async #until(
    record: TrackedPayment,
    isDone: (record: TrackedPayment) => boolean,
    patienceMs: number,
  ): Promise<TrackedPayment> {
    const end = this.#clock.now() + patienceMs;
    let current = record;
    while (!isDone(current) && this.#clock.now() < end) {
      await this.#clock.sleep(LOOK_EVERY_MS);
      current = (await this.#store.find(record)) ?? current;
    }
    return current;
  }
}

/** A settled record needs another look only when a browser brings the opposite, signed. */
function contradicts(
  { state }: TrackedPayment,
  claim: GlomopayCallback['status'] | undefined,
): boolean {
  return (
    (state === 'failed' && claim === 'success') || (state === 'succeeded' && claim === 'failed')
  );
}

/** It ended because the gateway had nothing, and the gateway may have it by now. */
function mayHaveArrived({ reason }: TrackedPayment): boolean {
  return reason === 'never_arrived' || reason === 'arrived_late';
}

function isUnexpected(thrown: unknown): boolean {
  return !isGlomopayError(thrown) && !(thrown instanceof PaymentUnclaimedError);
}

/** A `requestId` means one intent: a second use of it for another one is a fault of the host. */
function assertSameIntent(intent: PaymentIntent, record: TrackedPayment): void {
  const members = ['amount', 'currency', 'orderId', 'subscriptionId', 'reference'] as const;
  const differing = members.filter((member) => intent[member] !== record[member]);
  if (differing.length === 0) return;
  throw new GlomopayRequestIdConflictError(
    'The payment',
    intent.requestId,
    record.paymentId ?? record.reference,
    differing,
  );
}
