import { Inject, Injectable } from '@nestjs/common';
import type {
  CreatePaymentDto,
  CreatePaymentInput,
} from '../../api/payments/create-payment.dto.js';
import type { GlomopayCallback } from '../../callback/callback.js';
import { Named } from '../../errors/named.decorator.js';
import { GlomopayValidationError } from '../../errors/validation.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKED_MOVEMENTS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import type { MovementResolution } from '../movements/resolution.js';
import type { MovementKey, TrackedMovements } from '../movements/tracked-movements.js';
import type { HistoryLine } from '../store/history-line.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { intentOf, type PaymentExpectation } from './payment-intent.js';
import { PaymentLooks } from './payment-looks.js';
import { PaymentStarter, type PaymentStart } from './payment-starter.js';
import { MovementSweeper, type SweepReport } from '../movements/movement-sweeper.js';
import { asPayment, paymentKey, paymentKinds, type TrackedPayment } from './tracked-payment.js';

/** Names a payment of either kind; a `requestId` alone is that of one that {@link PaymentTracker.pay} has started. */
export type PaymentKey = Pick<TrackedPayment, 'kind' | 'requestId'>;

/** Follows payments from their intent to their one outcome. */
@Injectable()
@Named('PaymentTracker')
export class PaymentTracker {
  readonly #account: string;
  readonly #store: TrackingStore;
  readonly #starter: PaymentStarter;
  readonly #looks: PaymentLooks;
  readonly #sweeper: MovementSweeper;
  readonly #movements: TrackedMovements;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(PaymentStarter) starter: PaymentStarter,
    @Inject(PaymentLooks) looks: PaymentLooks,
    @Inject(MovementSweeper) sweeper: MovementSweeper,
    @Inject(GLOMOPAY_TRACKED_MOVEMENTS) movements: TrackedMovements,
  ) {
    this.#account = config.account;
    this.#store = store;
    this.#starter = starter;
    this.#looks = looks;
    this.#sweeper = sweeper;
    this.#movements = movements;
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
    payment: CreatePaymentInput | CreatePaymentDto,
    expectation: PaymentExpectation,
    options?: RequestOptions,
  ): Promise<PaymentStart> {
    return this.#starter.start(intentOf(this.#account, payment, expectation), payment, options);
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
    const record = await this.#store.findByObject(this.#account, callback.paymentId);
    const looked =
      record === undefined
        ? await this.#looks.attribute(callback, options)
        : await this.#looks.look(record, callback.status, options);
    return looked && asPayment(looked);
  }

  /**
   * Asks the gateway about a payment by the `requestId` it was started with, and records the answer:
   * what {@link confirm} does, without a callback. For a page that shows a payment's state.
   */
  async check(requestId: string, options?: RequestOptions): Promise<TrackedPayment | undefined> {
    const record = await this.#find(requestId);
    return record && asPayment(await this.#looks.look(record, undefined, options));
  }

  /** The record of a payment by the `requestId` it was started with. Asks the database only. */
  async get(requestId: string): Promise<TrackedPayment | undefined> {
    const record = await this.#find(requestId);
    return record && asPayment(record);
  }

  /**
   * Records that a person has to look at, oldest first; their `reason` says why. A later witness may
   * still settle one that is `needs_attention`; one that is a `mismatch` stays until {@link resolve}.
   *
   * @param limit At most this many; {@link counts} says how many there are.
   */
  async needingAttention(limit: number): Promise<readonly TrackedPayment[]> {
    return (await this.#store.needingAttention(this.#account, paymentKinds, limit)).map(asPayment);
  }

  /** How many payments wait for an outcome, and how many need a person. Asks the database only. */
  counts(): Promise<{ readonly needsAttention: number; readonly open: number }> {
    return this.#store.counts(this.#account, paymentKinds);
  }

  /** Takes one round over the payments whose check is due. The module does it by itself too. */
  sweep(): Promise<SweepReport> {
    return this.#sweeper.sweep();
  }

  /**
   * Closes by hand a payment that a person has to look at: see {@link TrackedMovements.resolve}.
   * Undefined: there is no such payment.
   *
   * @throws {GlomopayValidationError} the key is no payment's, a text breaks a rule, or it holds what
   *   looks like a card number.
   * @throws {GlomopayNotResolvableError} it cannot be closed so, or not any more; nothing was written.
   * @throws what an outcome handler throws; nothing was written.
   */
  async resolve(
    payment: string | PaymentKey,
    resolution: MovementResolution,
  ): Promise<TrackedPayment | undefined> {
    const record = await this.#movements.resolve(paymentOf(payment), resolution);
    return record && asPayment(record);
  }

  /** How a payment came to be what it is: see {@link TrackedMovements.history}. */
  async history(payment: string | PaymentKey): Promise<readonly HistoryLine[]> {
    return this.#movements.history(paymentOf(payment));
  }

  /**
   * Forgets old histories, of every kind of movement: see {@link TrackedMovements.purge}.
   *
   * @throws {RangeError} the date is none.
   */
  async purge(age: { readonly before: Date }): Promise<number> {
    return this.#movements.purge(age);
  }

  #find(requestId: string): Promise<TrackedRecord | undefined> {
    return this.#store.find(paymentKey(this.#account, requestId));
  }
}

/** By its kind too: what is no payment must be refused before anything is closed. */
function paymentOf(payment: string | PaymentKey): MovementKey {
  const key =
    typeof payment === 'string' ? ({ kind: 'payment', requestId: payment } as const) : payment;
  if (paymentKinds.includes(key.kind)) return key;
  throw new GlomopayValidationError('key', [
    { path: 'kind', rule: 'isIn', message: `must be one of ${paymentKinds.join(', ')}` },
  ]);
}
