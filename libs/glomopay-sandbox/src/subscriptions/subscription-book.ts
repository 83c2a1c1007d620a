import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import type { ResourceKit } from '../resource-kit.js';
import { addDays, runAfter } from './plan.js';
import { withMembers } from './subscription-change.js';
import { SUBSCRIPTION_MOVES } from './subscription-moves.js';
import { SUBSCRIPTION } from './subscription.js';
import type { SubscriptionRecord, SubscriptionStatus } from './subscription.js';

type Change = Partial<SubscriptionRecord>;

/**
 * All subscriptions: the daily run charges those whose day has come, the last charge completes one, and
 * the link of one that nobody signed up for expires.
 *
 * @param charge charges a subscription and says what becomes of it.
 */
export function subscriptionBook(
  { clock, publish }: Pick<ResourceKit, 'clock' | 'publish'>,
  charge: (record: SubscriptionRecord) => Change,
): Book<SubscriptionRecord> {
  return new Book<SubscriptionRecord>(
    {
      ...SUBSCRIPTION,
      lifecycles: [
        lifecycle<SubscriptionRecord, SubscriptionStatus>({
          statusOf: ({ subscription }) => subscription.status,
          moves: SUBSCRIPTION_MOVES,
          events: { publish, entity: 'subscription', shown: ({ subscription }) => subscription },
        }),
      ],
      expiry: { dueAt, change: (record) => whatTimeDoes(record, charge) },
    },
    clock,
  );
}

/** When time alone changes it next. */
function dueAt({ subscription, plan, settledAt }: SubscriptionRecord): number | undefined {
  const { status: now, expires_at: lastDay, next_payment_date: day } = subscription;
  // INFERRED: a customer can sign up until the end of that day.
  if (now === 'created') return Date.parse(addDays(lastDay, 1));
  if (now !== 'authorized' && now !== 'active' && now !== 'halted') return undefined;
  if (plan?.left === 0) return settledAt;
  return plan && day !== null ? runAfter(day, settledAt) : undefined;
}

function whatTimeDoes(
  record: SubscriptionRecord,
  charge: (record: SubscriptionRecord) => Change,
): Change {
  if (record.subscription.status === 'created') return withMembers(record, { status: 'expired' });
  if (record.plan?.left === 0) return withMembers(record, { status: 'completed' });
  return charge(record);
}
