import { Inject, Injectable } from '@nestjs/common';
import { OutcomeAudience, type OutcomeIds } from '../movements/outcome-audience.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { AfterRefundHandlers } from './after-refund-handlers.js';
import { refundOutcomeOf, type RefundOutcome } from './refund-outcome.js';
import { RefundOutcomeHandlers } from './refund-outcome-handlers.js';
import { asRefund } from './tracked-refund.js';

/** Who hears of refunds. */
@Injectable()
export class RefundAudience extends OutcomeAudience<RefundOutcome> {
  constructor(
    @Inject(RefundOutcomeHandlers) handlers: RefundOutcomeHandlers,
    @Inject(AfterRefundHandlers) followers: AfterRefundHandlers,
  ) {
    super(handlers, followers);
  }

  override outcomeOf(record: TrackedRecord): RefundOutcome | undefined {
    return refundOutcomeOf(record);
  }

  protected override idsOf(record: TrackedRecord): OutcomeIds {
    const { paymentId, refundId } = asRefund(record);
    return { orderId: undefined, paymentId, refundId: refundId ?? undefined };
  }
}
