import { Inject, Injectable } from '@nestjs/common';
import type { ChargeSubscriptionInput } from '../../api/payments/charge-subscription.dto.js';
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
import type { Erasable, ErasureReport } from '../movements/erasing.js';
import type { MovementResolution } from '../movements/resolution.js';
import type { MovementKey, TrackedMovements } from '../movements/tracked-movements.js';
import type { HistoryLine } from '../store/history-line.js';
import type { PurgeAge } from '../store/purge-age.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { chargeIntentOf, type ChargeReference } from './charge-intent.js';
import { intentOf, type PaymentExpectation } from './payment-intent.js';
import { PaymentLooks } from './payment-looks.js';
import { PaymentStarter, type PaymentStart } from './payment-starter.js';
import type { CollectionExpectation } from './collections/collection-expectation.js';
import { Expectations } from './collections/expectations.js';
import { MovementSweeper, type SweepReport } from '../movements/movement-sweeper.js';
import {
  asPayment,
  paymentKinds,
  type PaymentKey,
  type TrackedPayment,
} from './tracked-payment.js';

/** Follows payments from their intent to their one outcome. */
@Injectable()
@Named('PaymentTracker')
export class PaymentTracker {
  readonly #account: string;
  readonly #store: TrackingStore;
  readonly #starter: PaymentStarter;
  readonly #expectations: Expectations;
  readonly #looks: PaymentLooks;
  readonly #sweeper: MovementSweeper;
  readonly #movements: TrackedMovements;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(PaymentStarter) starter: PaymentStarter,
    @Inject(Expectations) expectations: Expectations,
    @Inject(PaymentLooks) looks: PaymentLooks,
    @Inject(MovementSweeper) sweeper: MovementSweeper,
    @Inject(GLOMOPAY_TRACKED_MOVEMENTS) movements: TrackedMovements,
  ) {
    this.#account = config.account;
    this.#store = store;
    this.#starter = starter;
    this.#expectations = expectations;
    this.#looks = looks;
    this.#sweeper = sweeper;
    this.#movements = movements;
  }

  /**
   * Starts a card payment that cannot get lost: writes what is expected of it, then submits the
   * card. The same `requestId` is one payment, also from two processes at once; whoever comes second
   * sends nothing and gets the first one's record. Where the database or an outcome handler fails after
   * the gateway has answered, the answer is told all the same; the record stays `created`, and the
   * sweeper finds out.
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
    return this.#starter.pay(intentOf(this.#account, payment, expectation), payment, options);
  }

  /**
   * Charges a subscription of `as_presented` once more, with the promises of {@link pay}: the intent is
   * written first, the same `requestId` is one charge, and whoever comes second sends nothing. No buyer
   * is asked, so there is nowhere to send one.
   *
   * @throws {GlomopayValidationError} the charge breaks a rule; nothing was written or sent.
   * @throws {GlomopayRequestIdConflictError} the `requestId` belongs to another amount, currency,
   *   subscription or reference; nothing was sent.
   * @throws {GlomopayApiError | GlomopayUnreachableError} nothing was charged, as for more than the
   *   `maxAmount`; the record has failed, and a new try is a new `requestId`.
   * @throws {GlomopayOutcomeUnknownError} the record stays open, and the sweeper finds out.
   */
  async charge(
    charge: ChargeSubscriptionInput,
    { reference }: ChargeReference = {},
    options?: RequestOptions,
  ): Promise<PaymentStart> {
    const intent = chargeIntentOf(this.#account, charge, reference);
    return this.#starter.charge(intent, charge, options);
  }

  /**
   * Expects a payment that is not ours to start: an order that is paid at a checkout page or by a
   * transfer, a payment link, the sign-up or a renewal of a subscription. Writes it down and asks the
   * gateway nothing; from then on its first success that fits ends it, once, whoever tells of it. An
   * attempt that failed does not: the buyer may try again. The end of the order, link or subscription
   * itself (`expired`, `cancelled`, …) is the outcome `failed` with the reason `payin_ended`.
   *
   * Safe to call again: the same key is one payment. What was paid before the call counts for an order
   * and a link, and not for a subscription: each charge of it has an expectation of its own, written
   * before it is taken.
   *
   * @throws {GlomopayValidationError} the expectation breaks a rule; nothing was written.
   * @throws {GlomopayRequestIdConflictError} the key belongs to another amount, currency or subject.
   */
  async expect(expectation: CollectionExpectation): Promise<TrackedPayment> {
    return asPayment(await this.#expectations.write(expectation));
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
   * Asks the gateway about a payment by the `requestId` it was started or expected with, and records the
   * answer: what {@link confirm} does, without a callback. For a page that shows a payment's state.
   */
  async check(
    key: string | PaymentKey,
    options?: RequestOptions,
  ): Promise<TrackedPayment | undefined> {
    const record = await this.#find(key);
    return record && asPayment(await this.#looks.look(record, undefined, options));
  }

  /**
   * The record of a payment by the `requestId` it was started or expected with: by the text alone that of
   * a payment, and where there is none that of an expectation. Asks the database only.
   */
  async get(key: string | PaymentKey): Promise<TrackedPayment | undefined> {
    const record = await this.#find(key);
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
    const record = await this.#movements.resolve(await this.#keyOf(payment), resolution);
    return record && asPayment(record);
  }

  /** How a payment came to be what it is: see {@link TrackedMovements.history}. */
  async history(payment: string | PaymentKey): Promise<readonly HistoryLine[]> {
    return this.#movements.history(await this.#keyOf(payment));
  }

  /**
   * Forgets old histories, of every kind of movement: see {@link TrackedMovements.purge}.
   *
   * @throws {RangeError} the date is none.
   */
  async purge(age: PurgeAge): Promise<number> {
    return this.#movements.purge(age);
  }

  /**
   * Forgets the person whom payments are about, with their refunds: see {@link TrackedMovements.erase}.
   *
   * @throws {GlomopayNotErasableError} a movement is not over, or an event of it waits; nothing was
   *   forgotten.
   */
  async erase(of: Erasable): Promise<ErasureReport> {
    return this.#movements.erase(of);
  }

  async #keyOf(payment: string | PaymentKey): Promise<MovementKey> {
    if (typeof payment !== 'string') return paymentOf(payment);
    return (await this.#find(payment)) ?? { kind: 'payment', requestId: payment };
  }

  async #find(key: string | PaymentKey): Promise<TrackedRecord | undefined> {
    const account = this.#account;
    if (typeof key !== 'string') return this.#store.find({ account, ...key });
    for (const kind of paymentKinds) {
      const record = await this.#store.find({ account, kind, requestId: key });
      if (record !== undefined) return record;
    }
    return undefined;
  }
}

/** By its kind too: what is no payment must be refused before anything is closed. */
function paymentOf(key: PaymentKey): MovementKey {
  if (paymentKinds.includes(key.kind)) return key;
  throw new GlomopayValidationError('key', [
    { path: 'kind', rule: 'isIn', message: `must be one of ${paymentKinds.join(', ')}` },
  ]);
}
