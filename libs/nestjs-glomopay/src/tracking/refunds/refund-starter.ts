import { Inject, Injectable } from '@nestjs/common';
import type { CreateRefundInput } from '../../api/refunds/create-refund.dto.js';
import { isFinalRefundStatus, type CreatedRefund } from '../../api/refunds/refund.js';
import type { RefundsService } from '../../api/refunds/refunds.service.js';
import { GlomopayValidationError, type GlomopayViolation } from '../../errors/validation.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKED_REFUNDS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { MovementLooks } from '../movements/movement-looks.js';
import {
  MovementStarter,
  type MovementRequest,
  type MovementStart,
} from '../movements/movement-starter.js';
import { witnesses } from '../store/history-line.js';
import type { TrackedIntent, TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import {
  askedOf,
  differingIntent,
  refundIntent,
  type AskedRefund,
  type RefundExpectation,
} from './refund-intent.js';
import { moneyLeftFor, type RefundMoney } from './refund-money.js';
import { asRefund, refundKey, type TrackedRefund } from './tracked-refund.js';

/** A refund that is being tracked. */
export interface RefundStart {
  readonly refund: TrackedRefund;
  /** True when this `requestId` had been used before. */
  readonly replayed: boolean;
}

/** Writes intents down and asks for their refunds. */
@Injectable()
export class RefundStarter {
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #refunds: RefundsService;
  readonly #starter: MovementStarter;
  readonly #looks: MovementLooks;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(GLOMOPAY_TRACKED_REFUNDS) refunds: RefundsService,
    @Inject(MovementStarter) starter: MovementStarter,
    @Inject(MovementLooks) looks: MovementLooks,
  ) {
    this.#config = config;
    this.#store = store;
    this.#refunds = refunds;
    this.#starter = starter;
    this.#looks = looks;
  }

  /** Starts a refund, once. */
  async start(
    refund: CreateRefundInput,
    expectation: RefundExpectation,
    options?: RequestOptions,
  ): Promise<RefundStart> {
    const { account } = this.#config;
    const asked = askedOf(refund, expectation);
    const key = refundKey(account, refund.requestId);
    const stands = await this.#store.find(key);
    if (stands !== undefined) return this.#replay(refund, asked, stands, options);
    const money = await this.#moneyOf(refund, asked, options);
    if ('rule' in money) {
      // Nothing may be left because of this very refund, asked for at the same time.
      const rival = await this.#store.find(key);
      if (rival !== undefined) return this.#replay(refund, asked, rival, options);
      throw new GlomopayValidationError('refund', [money]);
    }
    const intent = refundIntent(account, refund, asked, money);
    const start = await this.#starter.start(this.#requestOf(refund, asked, intent), options);
    return this.#ended(start, options);
  }

  async #replay(
    refund: CreateRefundInput,
    asked: AskedRefund,
    stands: TrackedRecord,
    options?: RequestOptions,
  ): Promise<RefundStart> {
    const request = this.#requestOf(refund, asked, stands);
    return this.#ended(await this.#starter.replay(request, stands, options), options);
  }

  async #moneyOf(
    { paymentId }: CreateRefundInput,
    asked: AskedRefund,
    options?: RequestOptions,
  ): Promise<RefundMoney | GlomopayViolation> {
    const { amount, currency } = asked;
    if (amount !== undefined && currency !== undefined) return { amount, currency };
    return moneyLeftFor(asked, await this.#refunds.refundable(paymentId, options));
  }

  /** One that the gateway has ended at once is looked at for its outcome. */
  async #ended(
    { record, answer, replayed }: MovementStart<CreatedRefund>,
    options?: RequestOptions,
  ): Promise<RefundStart> {
    const hasEnded = answer !== undefined && isFinalRefundStatus(answer.status);
    const now = hasEnded ? await this.#looks.look(record, witnesses.request, options) : record;
    return { refund: asRefund(now), replayed };
  }

  #requestOf(
    refund: CreateRefundInput,
    asked: AskedRefund,
    intent: TrackedIntent,
  ): MovementRequest<CreatedRefund> {
    return {
      intent,
      what: 'The refund',
      differing: (stands) => differingIntent(refund, asked, stands),
      create: (limited) => this.#refunds.create(refund, limited),
      objectIdOf: ({ id }) => id,
      mayRepeat: true,
    };
  }
}
