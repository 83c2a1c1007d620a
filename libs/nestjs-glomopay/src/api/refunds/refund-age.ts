import type { Payment } from '../payments/payment.js';

/** Refunds have a time; from which moment it counts is not documented (docs/gateway.md, Refunds). */
const WINDOW_MS = 180 * 86_400_000;

/** Whether a payment is young enough to be refunded. */
export type RefundAge = 'young' | 'over' | 'unknown';

/** 180 days after a payment was begun; undefined when it does not say when that was. */
export function youngUntil({ createdAt }: Payment): Date | undefined {
  const begun = instantOf(createdAt);
  return begun === undefined ? undefined : new Date(begun + WINDOW_MS);
}

/** Young while it is so from its beginning on, over when it is so even from when it was paid. */
export function ageOf(payment: Payment, now: number): RefundAge {
  const until = youngUntil(payment);
  if (until !== undefined && now <= until.getTime()) return 'young';
  const paid = instantOf(payment.paidAt);
  return paid !== undefined && now > paid + WINDOW_MS ? 'over' : 'unknown';
}

/** A moment that says which time zone it is in; any other could be hours away from the real one. */
function instantOf(text: string | null): number | undefined {
  if (text === null || !/(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}
