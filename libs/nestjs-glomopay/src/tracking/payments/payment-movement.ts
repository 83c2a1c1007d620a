import { Inject, Injectable } from '@nestjs/common';
import type { Payment } from '../../api/payments/payment.js';
import type { PaymentsService } from '../../api/payments/payments.service.js';
import type { RequestOptions } from '../../http/request-options.js';
import { sought } from '../../wire/page.js';
import { isUnder } from '../../wire/request-id.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKED_PAYMENTS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import type { Movement, Sighting } from '../movements/movement.js';
import { firstPauseBetween, type CheckPlan } from '../movements/check-plan.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { PaymentAudience } from './payment-audience.js';
import { paymentSighting } from './payment-sighting.js';
import { strayPaymentId } from './stray-payment.js';

const LONGEST_PAUSE_MS = 15 * 60_000;

/** Card payments as movements. */
@Injectable()
export class PaymentMovement implements Movement {
  readonly kind = 'payment';
  readonly plan: CheckPlan;
  readonly audience: PaymentAudience;
  readonly #payments: PaymentsService;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) { sweep }: TrackingConfig,
    @Inject(GLOMOPAY_TRACKED_PAYMENTS) payments: PaymentsService,
    @Inject(PaymentAudience) audience: PaymentAudience,
  ) {
    this.plan = {
      firstCheckMs: sweep.firstCheckMs,
      firstPauseMs: firstPauseBetween(sweep),
      longestPauseMs: LONGEST_PAUSE_MS,
      ends: { afterChecks: sweep.maxChecks },
    };
    this.#payments = payments;
    this.audience = audience;
  }

  /** The payment of a record; of one whose answer got lost, those under its `request_id`. */
  async look(record: TrackedRecord, options?: RequestOptions): Promise<readonly Sighting[]> {
    const payments = await this.#fetch(record, options);
    return payments.map((payment) => paymentSighting(payment, record));
  }

  async #fetch(record: TrackedRecord, options?: RequestOptions): Promise<readonly Payment[]> {
    const paymentId = record.objectId ?? strayPaymentId(record);
    if (paymentId !== undefined) return [await this.#payments.get(paymentId, options)];
    const listed = await this.#payments.list({ requestId: record.requestId }, options);
    return sought(listed, ({ raw }) => isUnder(record.requestId, raw));
  }
}
