import type { EventDelivery } from '../../webhooks/event-delivery.js';
import type { PaymentOutcome } from '../payments/payment-outcome.js';
import { AfterRefundOutcome } from './after-refund-outcome.decorator.js';
import type { RefundOutcome } from './refund-outcome.js';

/*
 * Checked by `tsc`, never run: the methods that hear of outcomes of refunds after the commit.
 */

export class Handlers {
  @AfterRefundOutcome()
  nothing(): void {}

  @AfterRefundOutcome({ name: 'mail' })
  async mail({ reference }: RefundOutcome, { id }: EventDelivery): Promise<string> {
    return reference + id;
  }

  // @ts-expect-error a refund's outcome, and no payment's
  @AfterRefundOutcome()
  payment(outcome: PaymentOutcome): void {
    void outcome;
  }
}
