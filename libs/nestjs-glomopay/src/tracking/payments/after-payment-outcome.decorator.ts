import type { HandlerOptions } from '../../webhooks/handler-name.js';
import { afterOutcome, type AfterOutcomeDecorator } from '../handlers/after-outcome-decorator.js';
import type { PaymentOutcome } from './payment-outcome.js';

/** Marks a method that hears of outcomes of payments after the commit. */
export const AFTER_PAYMENT_OUTCOME = Symbol.for('nestjs-glomopay:after-payment-outcome');

/** The names that were given to such a method. */
export const AFTER_PAYMENT_NAMES = Symbol.for('nestjs-glomopay:after-payment-names');

/**
 * Runs a provider's method after the outcome of a payment was committed, whoever the witness was:
 * `send(outcome: PaymentOutcome, delivery: EventDelivery)`. For e-mails, calls to other services and
 * messages to a broker; what belongs to the outcome itself is for `@OnPaymentOutcome()`.
 *
 * The outcome and what is to follow are committed together, so no outcome goes without. The method
 * runs at least once for each: one that throws is run again later, with longer and longer pauses and
 * without running the others again, and is parked after its last try (`WebhookInbox.list({ state:
 * 'failed' })`, `replay`). A process that dies leaves it to the next one. Give `delivery.id` to systems
 * that take a key for repeats; what goes through `delivery.commit` happens exactly once.
 *
 * Outcomes recorded before any process had such a method have nothing to follow them. How far it has
 * come is kept by its name, as for `@OnGlomopayEvent()`.
 *
 * @example
 * @AfterPaymentOutcome({ name: 'confirmation-mail' })
 * async confirm(outcome: PaymentOutcome, delivery: EventDelivery): Promise<void> {}
 */
export function AfterPaymentOutcome(
  options: HandlerOptions = {},
): AfterOutcomeDecorator<PaymentOutcome> {
  return afterOutcome(AFTER_PAYMENT_OUTCOME, AFTER_PAYMENT_NAMES, options);
}
