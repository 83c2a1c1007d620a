import { OnRefundOutcome } from '../refunds/on-refund-outcome.decorator.js';
import type { RefundOutcome } from '../refunds/refund-outcome.js';
import { OnPaymentMilestone } from './on-payment-milestone.decorator.js';
import { OnPaymentOutcome } from './on-payment-outcome.decorator.js';
import type { PaymentMilestone } from './payment-milestone.js';
import type { PaymentOutcome } from './payment-outcome.js';

/*
 * Checked by `tsc`, never run: the methods that hear of outcomes in their transaction.
 */

interface Transaction {
  query(sql: string): Promise<void>;
}

export class Handlers {
  @OnPaymentOutcome()
  @OnRefundOutcome()
  @OnPaymentMilestone('funds_available')
  nothing(): void {}

  @OnPaymentOutcome({ name: 'purchases' })
  async payment({ orderId }: PaymentOutcome, tx: Transaction): Promise<void> {
    await tx.query(orderId ?? '');
  }

  @OnRefundOutcome({ name: 'refunds' })
  async refund({ refundId }: RefundOutcome, tx: Transaction): Promise<string> {
    await tx.query(refundId ?? '');
    return '';
  }

  @OnPaymentMilestone('funds_available')
  @OnPaymentMilestone('compliance_rejected')
  async milestone({ milestone }: PaymentMilestone, tx: Transaction): Promise<void> {
    await tx.query(milestone);
  }

  @OnPaymentOutcome()
  @OnRefundOutcome()
  either({ reference }: PaymentOutcome | RefundOutcome): void {
    void reference;
  }

  // @ts-expect-error payments do not end as refunds do
  @OnPaymentOutcome()
  refundOfPayment(outcome: RefundOutcome): void {
    void outcome;
  }

  // @ts-expect-error refunds do not end as payments do
  @OnRefundOutcome()
  paymentOfRefund(outcome: PaymentOutcome): void {
    void outcome;
  }

  // @ts-expect-error a milestone is no outcome
  @OnPaymentMilestone('funds_available')
  outcomeOfMilestone(outcome: PaymentOutcome): void {
    void outcome;
  }

  // @ts-expect-error there are two parameters
  @OnPaymentOutcome()
  three(outcome: PaymentOutcome, tx: Transaction, more: string): void {
    void [outcome, tx, more];
  }
}
