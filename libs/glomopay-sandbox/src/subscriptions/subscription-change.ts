import { charged, dayOf, lastDate, nextDate, passed } from './plan.js';
import type { Plan } from './plan.js';
import type { CarriedCard, Subscription, SubscriptionRecord } from './subscription.js';

/** What becomes of a subscription. Each is a change of its record and reads no clock. */

type Change = Partial<SubscriptionRecord>;

/** INFERRED: only the member is documented. */
const HALT_REASON = 'The last charge was declined';

/**
 * After its first payment, on the card that made it.
 *
 * INFERRED: where the plan starts with it, its days are counted from this one, and it was the first
 * charge; otherwise it was a verification, and the first charge comes on the plan's first day.
 */
export function signedUp(record: SubscriptionRecord, card: CarriedCard, now: number): Change {
  const { plan, startsWithFirstPayment } = record;
  if (!plan) return { ...withMembers(record, { status: 'active' }), card, settledAt: now };
  if (!startsWithFirstPayment) {
    return { ...withMembers(record, { status: 'authorized' }), card, settledAt: now };
  }
  const today = dayOf(now);
  const started = charged({ ...plan, anchor: today, next: 0 });
  return {
    ...scheduled(record, started, { status: 'active', start_date: today }),
    card,
    settledAt: now,
  };
}

/** After a charge that succeeded. When it was the last one, the subscription is completed next. */
export function renewed(record: SubscriptionRecord, plan: Plan, now: number): Change {
  const change = scheduled(record, charged(plan), { status: 'active', halt_reason: null });
  return { ...change, settledAt: now, declinesNext: false };
}

/** After a charge that did not. INFERRED: one that has never been charged stays authorized. */
export function missed(
  record: SubscriptionRecord,
  plan: Plan,
  failed: boolean,
  now: number,
): Change {
  const halts = failed && record.subscription.status !== 'authorized';
  const change = scheduled(
    record,
    passed(plan),
    halts ? { status: 'halted', halt_reason: HALT_REASON } : {},
  );
  return { ...change, settledAt: now, declinesNext: false };
}

/** With other members. */
export function withMembers(record: SubscriptionRecord, members: Partial<Subscription>): Change {
  return { subscription: { ...record.subscription, ...members } };
}

/** With another plan, and the days that follow from it. */
export function scheduled(
  record: SubscriptionRecord,
  plan: Plan,
  members: Partial<Subscription>,
): Change {
  const days = { next_payment_date: nextDate(plan), end_date: lastDate(plan) };
  return { plan, ...withMembers(record, { ...days, ...members }) };
}
