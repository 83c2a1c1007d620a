import { Inject, Injectable } from '@nestjs/common';
import { publishOutcome } from '../../diagnostics/outcome-message.js';
import type { Audience } from '../movements/audience.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import type { Settled } from '../store/tracking-store.js';
import { AfterPaymentHandlers } from './after-payment-handlers.js';
import { MilestoneHandlers } from './milestone-handlers.js';
import { OutcomeHandlers } from './outcome-handlers.js';
import { outcomeOf, type PaymentOutcome } from './payment-outcome.js';
import { asPayment } from './tracked-payment.js';

/** Who hears of payments, whoever starts them. */
@Injectable()
export class PaymentAudience implements Audience {
  readonly milestones: MilestoneHandlers;
  readonly followers: AfterPaymentHandlers;
  readonly #handlers: OutcomeHandlers;

  constructor(
    @Inject(OutcomeHandlers) handlers: OutcomeHandlers,
    @Inject(MilestoneHandlers) milestones: MilestoneHandlers,
    @Inject(AfterPaymentHandlers) followers: AfterPaymentHandlers,
  ) {
    this.#handlers = handlers;
    this.milestones = milestones;
    this.followers = followers;
  }

  outcomeOf(record: TrackedRecord): PaymentOutcome | undefined {
    return outcomeOf(record);
  }

  async conclude(record: TrackedRecord, tx: unknown): Promise<void> {
    const outcome = this.outcomeOf(record);
    if (outcome !== undefined) await this.#handlers.run(outcome, tx);
  }

  announce({ before, after }: Settled): void {
    const { kind, account, state, reason, orderId, paymentId, createdAt, updatedAt } =
      asPayment(after);
    if (state === before.state || state === 'created' || state === 'attempted') return;
    publishOutcome({
      account,
      kind,
      state,
      reason: reason ?? undefined,
      orderId: orderId ?? undefined,
      paymentId: paymentId ?? undefined,
      refundId: undefined,
      durationMs: updatedAt.getTime() - createdAt.getTime(),
    });
  }
}
