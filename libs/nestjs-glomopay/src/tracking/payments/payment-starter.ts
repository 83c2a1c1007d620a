import { Inject, Injectable } from '@nestjs/common';
import type {
  CreatePaymentDto,
  CreatePaymentInput,
} from '../../api/payments/create-payment.dto.js';
import type { PaymentAttempt } from '../../api/payments/payment-attempt.js';
import type { PaymentsService } from '../../api/payments/payments.service.js';
import type { Clock } from '../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../config/glomopay.tokens.js';
import { GlomopayApiError } from '../../errors/api.error.js';
import { isGlomopayError } from '../../errors/any-glomopay.error.js';
import { GlomopayRequestIdConflictError } from '../../errors/request-id-conflict.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import { TimeLimit } from '../../values/time-limit.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKED_PAYMENTS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { witnesses } from '../store/history-line.js';
import type { TrackedIntent, TrackedRecord } from '../store/tracked-record.js';
import { TrackingStore } from '../store/tracking-store.js';
import { CreatesUnderWay } from '../movements/creates-under-way.js';
import { MovementSettlement } from '../movements/movement-settlement.js';
import { asPayment, paymentSubject, type TrackedPayment } from './tracked-payment.js';
import { recordBeyond } from '../movements/record-beyond.js';

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
/**
 * From the intent to the end of the create, whatever the limits of the call. It ends well before the
 * sweeper believes that nothing was sent, also for a process that was frozen in between.
 */
const CREATE_WITHIN_MS = 10 * 60_000;

/** Writes intents down and submits their cards. */
@Injectable()
export class PaymentStarter {
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #payments: PaymentsService;
  readonly #settlement: MovementSettlement;
  readonly #underWay: CreatesUnderWay;
  readonly #clock: Clock;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(GLOMOPAY_TRACKED_PAYMENTS) payments: PaymentsService,
    @Inject(MovementSettlement) settlement: MovementSettlement,
    @Inject(CreatesUnderWay) underWay: CreatesUnderWay,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#config = config;
    this.#store = store;
    this.#payments = payments;
    this.#settlement = settlement;
    this.#underWay = underWay;
    this.#clock = clock;
  }

  /** Starts the payment of a checked intent, once. */
  async start(
    intent: TrackedIntent,
    payment: CreatePaymentInput | CreatePaymentDto,
    options?: RequestOptions,
  ): Promise<PaymentStart> {
    const limit = new TimeLimit(CREATE_WITHIN_MS, options?.signal);
    try {
      return await this.#underWay.track(intent.requestId, () =>
        this.#start(intent, payment, { ...options, signal: limit.signal }),
      );
    } finally {
      limit.clear();
    }
  }

  async #start(
    intent: TrackedIntent,
    payment: CreatePaymentInput | CreatePaymentDto,
    options: RequestOptions,
  ): Promise<PaymentStart> {
    const { sweep } = this.#config;
    const { record, inserted } = await this.#store.insert(intent, sweep.firstCheckMs);
    if (!inserted) {
      assertSameIntent(intent, record);
      return { payment: asPayment(await this.#asFirstCallerLeavesIt(record)), replayed: true };
    }
    const attempt = await this.#submit(record, payment, options);
    const noted = await this.#settlement.observe(
      record,
      { kind: 'attempt', objectId: attempt.paymentId },
      witnesses.request,
    );
    const mayPay = attempt.redirectUrl !== undefined && noted.reason !== 'arrived_late';
    return {
      payment: asPayment(noted),
      ...(mayPay && { redirectUrl: attempt.redirectUrl }),
      replayed: false,
    };
  }

  async #submit(
    record: TrackedRecord,
    payment: CreatePaymentInput | CreatePaymentDto,
    options: RequestOptions | undefined,
  ): Promise<PaymentAttempt> {
    try {
      return await this.#payments.create(payment, options);
    } catch (thrown) {
      // Unknown outcomes leave the record open; the sweeper looks the payment up.
      if (isGlomopayError(thrown) && thrown.outcome !== 'unknown') {
        const refused = thrown instanceof GlomopayApiError ? thrown : undefined;
        await this.#settlement.observe(
          record,
          {
            kind: 'absent',
            reason: refused === undefined ? 'not_sent' : 'rejected',
            errorCode: refused?.gatewayCode ?? null,
            errorDescription: refused?.gatewayMessage ?? null,
          },
          witnesses.request,
        );
      }
      throw thrown;
    }
  }

  /** Gives the first caller time to write down its payment, so that the second one can show it. */
  #asFirstCallerLeavesIt(record: TrackedRecord): Promise<TrackedRecord> {
    return recordBeyond('created', record, this.#store, this.#clock, FIRST_CALLER_MS);
  }
}

/** A `requestId` means one intent: a second use of it for another one is a fault of the host. */
function assertSameIntent(intent: TrackedIntent, record: TrackedRecord): void {
  const members = ['amount', 'currency', 'orderId', 'subscriptionId', 'reference'] as const;
  const asked = { ...intent, ...paymentSubject(intent) };
  const stands = asPayment(record);
  const differing = members.filter((member) => asked[member] !== stands[member]);
  if (differing.length === 0) return;
  throw new GlomopayRequestIdConflictError(
    'The payment',
    intent.requestId,
    record.objectId ?? record.reference,
    differing,
  );
}
