import { markMethod } from '../../config/method-marks.js';
import { markName, type HandlerOptions } from '../../webhooks/handler-name.js';
import type { OutcomeDecorator } from '../handlers/outcome-decorator.js';
import type { PaymentOutcome } from './payment-outcome.js';

/** Marks a method as an outcome handler. */
export const ON_PAYMENT_OUTCOME = Symbol.for('nestjs-glomopay:on-payment-outcome');

/** The names that were given to a method as an outcome handler. */
export const OUTCOME_HANDLER_NAMES = Symbol.for('nestjs-glomopay:outcome-handler-names');

/**
 * Runs a provider's method once per payment, when its outcome is known, inside the transaction that
 * records it: `handle(outcome: PaymentOutcome, tx)`. What the method writes through `tx` commits
 * with the outcome or not at all. When it throws, nothing is recorded and it is run again later.
 *
 * Exactly once holds for what goes through `tx`. An e-mail or a call to another service is for
 * `@AfterPaymentOutcome()`.
 *
 * The method runs in no caller's async context (`AsyncLocalStorage`, a tenant, a span): whichever
 * witness comes first brings the outcome, and that may be a buyer's request, a webhook or the sweeper.
 *
 * @example
 * @OnPaymentOutcome({ name: 'purchases' })
 * async record(outcome: PaymentOutcome, tx: PoolClient): Promise<void> {}
 */
export function OnPaymentOutcome({ name }: HandlerOptions = {}): OutcomeDecorator<PaymentOutcome> {
  return (prototype, method, descriptor) => {
    markMethod(ON_PAYMENT_OUTCOME, true, prototype, method, descriptor);
    if (name !== undefined) markName(OUTCOME_HANDLER_NAMES, name, prototype, method, descriptor);
  };
}
