import { Inject, Injectable } from '@nestjs/common';
import type { CreateRefundInput } from '../../api/refunds/create-refund.dto.js';
import { Named } from '../../errors/named.decorator.js';
import { GlomopayValidationError } from '../../errors/validation.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import type { IdText } from '../../values/ids.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKED_MOVEMENTS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { MovementLooks } from '../movements/movement-looks.js';
import type { MovementResolution } from '../movements/resolution.js';
import type { TrackedMovements } from '../movements/tracked-movements.js';
import { witnesses, type HistoryLine } from '../store/history-line.js';
import { TrackingStore } from '../store/tracking-store.js';
import type { RefundExpectation } from './refund-intent.js';
import { RefundStarter, type RefundStart } from './refund-starter.js';
import { asRefund, isRefund, type RefundKey, type TrackedRefund } from './tracked-refund.js';

/** Follows refunds from their intent to their one outcome, which a bank may take days for. */
@Injectable()
@Named('RefundTracker')
export class RefundTracker {
  readonly #account: string;
  readonly #store: TrackingStore;
  readonly #starter: RefundStarter;
  readonly #looks: MovementLooks;
  readonly #movements: TrackedMovements;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(RefundStarter) starter: RefundStarter,
    @Inject(MovementLooks) looks: MovementLooks,
    @Inject(GLOMOPAY_TRACKED_MOVEMENTS) movements: TrackedMovements,
  ) {
    this.#account = config.account;
    this.#store = store;
    this.#starter = starter;
    this.#looks = looks;
    this.#movements = movements;
  }

  /**
   * Gives money back in a way that cannot get lost: writes down what is to go back, then asks the gateway
   * for it. The same `requestId` is one refund, also from two processes at once. While nobody knows what
   * became of a first try, calling again within 5 minutes asks the gateway again, which makes no second
   * refund; later the sweeper finds out. So it does where the database or an outcome handler fails after
   * the gateway has answered: the answer is told all the same.
   *
   * Without an amount, or without its currency in the expectation, the gateway is first asked what is
   * left of the payment; what it answers then, or fails with, has written nothing.
   *
   * @throws {GlomopayValidationError} the request breaks a rule, or asks for more than is left; nothing was
   *   written or sent.
   * @throws {GlomopayRequestIdConflictError} the `requestId` belongs to a refund of another payment, amount,
   *   currency or reference; nothing was sent.
   * @throws {GlomopayApiError | GlomopayUnreachableError} nothing was refunded, and the record of a first
   *   try has failed.
   * @throws {GlomopayOutcomeUnknownError} the record stays open, and the sweeper finds out. Never ask under
   *   a new `requestId` before it has its outcome.
   */
  refund(
    refund: CreateRefundInput,
    expectation: RefundExpectation = {},
    options?: RequestOptions,
  ): Promise<RefundStart> {
    return this.#starter.start(refund, expectation, options);
  }

  /**
   * Asks the gateway about a refund by the `requestId` it was started with, and records the answer; at
   * most once a second. While the gateway does not answer within 3 seconds, the record stays as it is.
   * Undefined: there is no such refund.
   */
  async check(
    refund: string | RefundKey,
    options?: RequestOptions,
  ): Promise<TrackedRefund | undefined> {
    const record = await this.#movements.get(keyOf(refund));
    return record && asRefund(await this.#looks.look(record, witnesses.check, options));
  }

  /** The record of a refund by the `requestId` it was started with. Asks the database only. */
  async get(refund: string | RefundKey): Promise<TrackedRefund | undefined> {
    const record = await this.#movements.get(keyOf(refund));
    return record && asRefund(record);
  }

  /** Every refund of a payment, oldest first, also those that nobody asked for. Asks the database only. */
  async of(paymentId: IdText<'payment'>): Promise<readonly TrackedRefund[]> {
    const records = await this.#store.findBySubject(this.#account, paymentId);
    return records.filter(isRefund).map(asRefund);
  }

  /**
   * Refunds that a person has to look at, oldest first; their `reason` says why.
   *
   * @param limit At most this many; {@link counts} says how many there are.
   */
  async needingAttention(limit: number): Promise<readonly TrackedRefund[]> {
    return (await this.#store.needingAttention(this.#account, ['refund'], limit)).map(asRefund);
  }

  /** How many refunds wait for an outcome, and how many need a person. Asks the database only. */
  counts(): Promise<{ readonly needsAttention: number; readonly open: number }> {
    return this.#store.counts(this.#account, ['refund']);
  }

  /**
   * Closes by hand a refund that a person has to look at: see {@link TrackedMovements.resolve}.
   * Undefined: there is no such refund.
   *
   * @throws {GlomopayValidationError} the key is no refund's, a text breaks a rule, or it holds what
   *   looks like a card number.
   * @throws {GlomopayNotResolvableError} it cannot be closed so, or not any more; nothing was written.
   * @throws what an outcome handler throws; nothing was written.
   */
  async resolve(
    refund: string | RefundKey,
    resolution: MovementResolution,
  ): Promise<TrackedRefund | undefined> {
    const record = await this.#movements.resolve(keyOf(refund), resolution);
    return record && asRefund(record);
  }

  /** How a refund came to be what it is: see {@link TrackedMovements.history}. */
  async history(refund: string | RefundKey): Promise<readonly HistoryLine[]> {
    return this.#movements.history(keyOf(refund));
  }
}

/** What is no refund must be refused before anything is closed. */
function keyOf(refund: string | RefundKey): RefundKey {
  const key = typeof refund === 'string' ? { kind: 'refund' as const, requestId: refund } : refund;
  if (isRefund(key)) return key;
  const message = 'must be refund';
  throw new GlomopayValidationError('key', [{ path: 'kind', rule: 'isIn', message }]);
}
