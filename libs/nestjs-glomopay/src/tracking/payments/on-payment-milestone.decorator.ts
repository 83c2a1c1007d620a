import { markMethod, methodMark } from '../../config/method-marks.js';
import { markName, type HandlerOptions } from '../../webhooks/handler-name.js';
import type { OutcomeDecorator } from '../handlers/outcome-decorator.js';
import type { Milestone } from '../movements/milestones.js';
import type { PaymentMilestone } from './payment-milestone.js';

/** The milestones that a method hears of, kept on the method. */
export const ON_PAYMENT_MILESTONE = Symbol.for('nestjs-glomopay:on-payment-milestone');

/** The names that were given to a method as a handler of milestones. */
export const MILESTONE_HANDLER_NAMES = Symbol.for('nestjs-glomopay:milestone-handler-names');

/**
 * Runs a provider's method when a payment that has succeeded comes to a milestone, inside the
 * transaction that records it: `handle(milestone: PaymentMilestone, tx)`. What the method writes through
 * `tx` commits with the milestone or not at all. When it throws, nothing is recorded and it is run again
 * later. May be repeated for several milestones; the method is one handler then.
 *
 * It never runs before the outcome handlers of the payment; where success and milestone are seen at once,
 * it runs after them in the same transaction. `funds_available` and `compliance_rejected` come once.
 * `compliance_action_required` comes each time compliance asks: after an answer it may ask again.
 *
 * With such a method, payments whose money is not usable yet, or that compliance has not decided on, are
 * looked at after their success too.
 *
 * @example
 * @OnPaymentMilestone('funds_available')
 * async release({ reference }: PaymentMilestone, tx: PoolClient): Promise<void> {}
 */
export function OnPaymentMilestone(
  milestone: Milestone,
  { name }: HandlerOptions = {},
): OutcomeDecorator<PaymentMilestone> {
  return (prototype, method, descriptor) => {
    const others = milestonesOf(prototype, method).filter((known) => known !== milestone);
    markMethod(ON_PAYMENT_MILESTONE, [milestone, ...others], prototype, method, descriptor);
    if (name !== undefined) markName(MILESTONE_HANDLER_NAMES, name, prototype, method, descriptor);
  };
}

/** The milestones that a method of a class hears of; none for a method without the decorator. */
export function milestonesOf(prototype: object, method: string | symbol): readonly Milestone[] {
  const milestones = methodMark(ON_PAYMENT_MILESTONE, prototype, method);
  return Array.isArray(milestones) ? milestones : [];
}
