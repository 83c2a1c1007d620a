import { Inject, Injectable } from '@nestjs/common';
import { OutcomeAudience, type OutcomeIds } from '../movements/outcome-audience.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { AfterPaymentHandlers } from './after-payment-handlers.js';
import { MilestoneHandlers } from './milestone-handlers.js';
import { OutcomeHandlers } from './outcome-handlers.js';
import { outcomeOf, type PaymentOutcome } from './payment-outcome.js';
import { asPayment } from './tracked-payment.js';

/** Who hears of payments, whoever starts them. */
@Injectable()
export class PaymentAudience extends OutcomeAudience<PaymentOutcome> {
  readonly milestones: MilestoneHandlers;

  constructor(
    @Inject(OutcomeHandlers) handlers: OutcomeHandlers,
    @Inject(MilestoneHandlers) milestones: MilestoneHandlers,
    @Inject(AfterPaymentHandlers) followers: AfterPaymentHandlers,
  ) {
    super(handlers, followers);
    this.milestones = milestones;
  }

  override outcomeOf(record: TrackedRecord): PaymentOutcome | undefined {
    return outcomeOf(record);
  }

  protected override idsOf(record: TrackedRecord): OutcomeIds {
    const { orderId, paymentId } = asPayment(record);
    return {
      orderId: orderId ?? undefined,
      paymentId: paymentId ?? undefined,
      refundId: undefined,
    };
  }
}
