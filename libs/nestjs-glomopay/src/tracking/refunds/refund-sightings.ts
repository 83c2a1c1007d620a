import { Inject, Injectable } from '@nestjs/common';
import type { PaymentsService } from '../../api/payments/payments.service.js';
import type { Refund } from '../../api/refunds/refund.js';
import type { RequestOptions } from '../../http/request-options.js';
import { GLOMOPAY_TRACKED_PAYMENTS } from '../config/tracking.tokens.js';
import type { Sighting } from '../movements/movement.js';
import { isStray } from '../movements/stray.js';
import { isSettled, type TrackedRecord } from '../store/tracked-record.js';
import { refundSighting } from './refund-sighting.js';

/** Whether it takes the payment to tell what a refund says of a record: where it would be a success. */
export function isJudgedByPayment(refund: Refund, record: TrackedRecord): boolean {
  return (
    refund.status === 'success' &&
    refund.paymentId === record.subjectId &&
    !isSettled(record.state) &&
    !isStray(record)
  );
}

/** Reads refunds as sightings; of one that would be a success the payment is fetched. */
@Injectable()
export class RefundSightings {
  readonly #payments: PaymentsService;

  constructor(@Inject(GLOMOPAY_TRACKED_PAYMENTS) payments: PaymentsService) {
    this.#payments = payments;
  }

  /** @throws {GlomopayError} the gateway did not answer about the payment. */
  async of(refund: Refund, record: TrackedRecord, options?: RequestOptions): Promise<Sighting> {
    const payment = isJudgedByPayment(refund, record)
      ? await this.#payments.get(refund.paymentId, options)
      : undefined;
    return refundSighting(refund, record, payment);
  }
}
