import { Inject, Injectable } from '@nestjs/common';
import type { ChargeSubscriptionInput } from '../../api/payments/charge-subscription.dto.js';
import type {
  CreatePaymentDto,
  CreatePaymentInput,
} from '../../api/payments/create-payment.dto.js';
import type { PaymentAttempt } from '../../api/payments/payment-attempt.js';
import type { PaymentsService } from '../../api/payments/payments.service.js';
import type { RequestOptions } from '../../http/request-options.js';
import { GLOMOPAY_TRACKED_PAYMENTS } from '../config/tracking.tokens.js';
import { MovementStarter } from '../movements/movement-starter.js';
import type { TrackedIntent } from '../store/tracked-record.js';
import { asPayment, differingPayment, type TrackedPayment } from './tracked-payment.js';

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

/** Writes intents down, then submits their cards or charges. */
@Injectable()
export class PaymentStarter {
  readonly #payments: PaymentsService;
  readonly #starter: MovementStarter;

  constructor(
    @Inject(GLOMOPAY_TRACKED_PAYMENTS) payments: PaymentsService,
    @Inject(MovementStarter) starter: MovementStarter,
  ) {
    this.#payments = payments;
    this.#starter = starter;
  }

  /** Starts the payment of a checked intent, once. A card is never submitted again. */
  pay(
    intent: TrackedIntent,
    payment: CreatePaymentInput | CreatePaymentDto,
    options?: RequestOptions,
  ): Promise<PaymentStart> {
    const create = (limited: RequestOptions) => this.#payments.create(payment, limited);
    return this.#start(intent, 'The payment', create, options);
  }

  /** Starts the charge of a checked intent, once; nor is a charge sent again. */
  charge(
    intent: TrackedIntent,
    charge: ChargeSubscriptionInput,
    options?: RequestOptions,
  ): Promise<PaymentStart> {
    const create = (limited: RequestOptions) => this.#payments.charge(charge, limited);
    return this.#start(intent, 'The charge', create, options);
  }

  async #start(
    intent: TrackedIntent,
    what: string,
    create: (options: RequestOptions) => Promise<PaymentAttempt>,
    options?: RequestOptions,
  ): Promise<PaymentStart> {
    const { record, answer, replayed } = await this.#starter.start(
      {
        intent,
        what,
        differing: (stands) => differingPayment(intent, stands),
        create,
        objectIdOf: ({ paymentId }) => paymentId,
        mayRepeat: false,
      },
      options,
    );
    const mayPay = answer?.redirectUrl !== undefined && record.reason !== 'arrived_late';
    return {
      payment: asPayment(record),
      ...(mayPay && { redirectUrl: answer.redirectUrl }),
      replayed,
    };
  }
}
