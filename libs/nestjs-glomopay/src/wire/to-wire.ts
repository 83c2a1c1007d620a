import { RequestPlan } from './request-plan.js';
import type { RequestClass } from './wire.decorator.js';

/**
 * Checks a request against its class and gives it in wire names.
 *
 * @throws {GlomopayValidationError} every broken rule; nothing was sent.
 */
export function toWire(
  type: RequestClass,
  subject: string,
  request: unknown,
): Readonly<Record<string, unknown>> {
  return RequestPlan.of(type).toWire(subject, request);
}

/**
 * Checks a request against its class, and makes nothing of it.
 *
 * @throws {GlomopayValidationError} every broken rule.
 */
export function assertRequest(type: RequestClass, subject: string, request: unknown): void {
  RequestPlan.of(type).check(subject, request);
}

/** What {@link toWire} gives, for the query of a list, whose values are texts and numbers. */
export function toQuery(
  type: RequestClass,
  filter: unknown,
): Readonly<Record<string, string | number>> {
  return toWire(type, 'list filter', filter) as Readonly<Record<string, string | number>>;
}
