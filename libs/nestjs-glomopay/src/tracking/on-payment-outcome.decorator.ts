import { SetMetadata } from '@nestjs/common';

/** Marks a method as an outcome handler. */
export const ON_PAYMENT_OUTCOME = Symbol.for('nestjs-glomopay:on-payment-outcome');

/**
 * Runs a provider's method once per payment, when its outcome is known, inside the transaction that
 * records it: `handle(outcome: PaymentOutcome, tx)`. What the method writes through `tx` commits
 * with the outcome or not at all. When it throws, nothing is recorded and it is run again later.
 *
 * Exactly once holds for what goes through `tx`. For an e-mail or a call to another service write a
 * row through `tx` and send from there.
 *
 * @example
 * @OnPaymentOutcome()
 * async record(outcome: PaymentOutcome, tx: PoolClient): Promise<void> {}
 */
export function OnPaymentOutcome(): MethodDecorator {
  return SetMetadata(ON_PAYMENT_OUTCOME, true);
}
