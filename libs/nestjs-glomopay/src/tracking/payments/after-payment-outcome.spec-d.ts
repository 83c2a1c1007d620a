import type { EventDelivery } from '../../webhooks/event-delivery.js';
import { AfterPaymentOutcome } from './after-payment-outcome.decorator.js';
import { OnPaymentOutcome } from './on-payment-outcome.decorator.js';
import type { PaymentOutcome } from './payment-outcome.js';

/*
 * Checked by `tsc`, never run: the methods that hear of outcomes after the commit.
 */

interface Transaction {
  query(sql: string): Promise<void>;
}

export class Handlers {
  @AfterPaymentOutcome()
  nothing(): void {}

  @AfterPaymentOutcome({ name: 'mail' })
  async mail({ reference }: PaymentOutcome, { id }: EventDelivery): Promise<string> {
    return reference + id;
  }

  @AfterPaymentOutcome({})
  async commit(outcome: PaymentOutcome, delivery: EventDelivery<Transaction>): Promise<void> {
    await delivery.commit((tx) => tx.query(outcome.reference));
  }

  @OnPaymentOutcome()
  @AfterPaymentOutcome()
  both(outcome: PaymentOutcome): void {
    void outcome;
  }

  // @ts-expect-error the second parameter is a delivery, and no transaction
  @AfterPaymentOutcome()
  transaction(outcome: PaymentOutcome, tx: Transaction): void {
    void [outcome, tx];
  }

  // @ts-expect-error an outcome, and no text
  @AfterPaymentOutcome()
  text(outcome: string): void {
    void outcome;
  }
}
