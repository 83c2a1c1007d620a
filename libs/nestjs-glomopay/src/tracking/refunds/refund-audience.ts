import { Inject, Injectable } from '@nestjs/common';
import { publishOutcome } from '../../diagnostics/outcome-message.js';
import type { Audience } from '../movements/audience.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import type { Settled } from '../store/tracking-store.js';
import { AfterRefundHandlers } from './after-refund-handlers.js';
import { refundOutcomeOf, type RefundOutcome } from './refund-outcome.js';
import { RefundOutcomeHandlers } from './refund-outcome-handlers.js';
import { asRefund } from './tracked-refund.js';

/** Who hears of refunds. */
@Injectable()
export class RefundAudience implements Audience {
  readonly followers: AfterRefundHandlers;
  readonly #handlers: RefundOutcomeHandlers;

  constructor(
    @Inject(RefundOutcomeHandlers) handlers: RefundOutcomeHandlers,
    @Inject(AfterRefundHandlers) followers: AfterRefundHandlers,
  ) {
    this.#handlers = handlers;
    this.followers = followers;
  }

  outcomeOf(record: TrackedRecord): RefundOutcome | undefined {
    return refundOutcomeOf(record);
  }

  async conclude(record: TrackedRecord, tx: unknown): Promise<void> {
    const outcome = this.outcomeOf(record);
    if (outcome !== undefined) await this.#handlers.run(outcome, tx);
  }

  announce({ before, after }: Settled): void {
    const { kind, account, state, reason, paymentId, refundId, createdAt, updatedAt } =
      asRefund(after);
    if (state === before.state || state === 'created' || state === 'attempted') return;
    publishOutcome({
      account,
      kind,
      state,
      reason: reason ?? undefined,
      orderId: undefined,
      paymentId,
      refundId: refundId ?? undefined,
      durationMs: updatedAt.getTime() - createdAt.getTime(),
    });
  }
}
