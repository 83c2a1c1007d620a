import type { HandlerOptions } from '../../webhooks/handler-name.js';
import { afterOutcome, type AfterOutcomeDecorator } from '../handlers/after-outcome-decorator.js';
import type { RefundOutcome } from './refund-outcome.js';

/** Marks a method that hears of outcomes of refunds after the commit. */
export const AFTER_REFUND_OUTCOME = Symbol.for('nestjs-glomopay:after-refund-outcome');

/** The names that were given to such a method. */
export const AFTER_REFUND_NAMES = Symbol.for('nestjs-glomopay:after-refund-names');

/**
 * Runs a provider's method after the outcome of a refund was committed: at least once, with the same
 * repeats, pauses and `delivery` as `@AfterPaymentOutcome()`.
 *
 * @example
 * @AfterRefundOutcome({ name: 'refund-mail' })
 * async tell(outcome: RefundOutcome, delivery: EventDelivery): Promise<void> {}
 */
export function AfterRefundOutcome(
  options: HandlerOptions = {},
): AfterOutcomeDecorator<RefundOutcome> {
  return afterOutcome(AFTER_REFUND_OUTCOME, AFTER_REFUND_NAMES, options);
}
