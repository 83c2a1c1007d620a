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

/** The query of a list in wire names, whose values are texts and numbers. */
export type ListQuery = Readonly<Record<string, string | number>>;

/** What {@link toWire} gives, for the query of a list. */
export function toQuery(type: RequestClass, filter: unknown): ListQuery {
  return toWire(type, 'list filter', filter) as ListQuery;
}
