import { markMethod } from '../../config/method-marks.js';
import { markName, type HandlerOptions } from '../../webhooks/handler-name.js';
import type { OutcomeDecorator } from '../handlers/outcome-decorator.js';
import type { RefundOutcome } from './refund-outcome.js';

/** Marks a method as a handler of refund outcomes. */
export const ON_REFUND_OUTCOME = Symbol.for('nestjs-glomopay:on-refund-outcome');

/** The names that were given to a method as a handler of refund outcomes. */
export const REFUND_HANDLER_NAMES = Symbol.for('nestjs-glomopay:refund-handler-names');

/**
 * Runs a provider's method once per refund of `RefundTracker`, when its outcome is known, inside the
 * transaction that records it: `handle(outcome: RefundOutcome, tx)`. What the method writes through `tx`
 * commits with the outcome or not at all. When it throws, nothing is recorded and it is run again later.
 *
 * Which accounts it hears of, and what holds for its async context and for what it does beside `tx`: as
 * with `@OnPaymentOutcome()`.
 *
 * @example
 * @OnRefundOutcome({ name: 'refund-books' })
 * async record(outcome: RefundOutcome, tx: PoolClient): Promise<void> {}
 */
export function OnRefundOutcome({ name }: HandlerOptions = {}): OutcomeDecorator<RefundOutcome> {
  return (prototype, method, descriptor) => {
    markMethod(ON_REFUND_OUTCOME, true, prototype, method, descriptor);
    if (name !== undefined) markName(REFUND_HANDLER_NAMES, name, prototype, method, descriptor);
  };
}
