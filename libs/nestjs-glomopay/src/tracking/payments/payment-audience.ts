import { Inject, Injectable } from '@nestjs/common';
import type { TrackedRecord } from '../store/tracked-record.js';
import { AfterPaymentHandlers } from './after-payment-handlers.js';
import { MilestoneHandlers } from './milestone-handlers.js';
import { OutcomeHandlers } from './outcome-handlers.js';
import { outcomeOf, type PaymentOutcome } from './payment-outcome.js';

/** Who hears of payments, whoever starts them. */
@Injectable()
export class PaymentAudience {
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
}
