import { action, noBody } from '../books/actions.js';
import type { Actions } from '../books/actions.js';
import type { Book } from '../books/book.js';
import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import type { ResourceKit } from '../resource-kit.js';
import { addDays, dayOf, from, movedTo } from './plan.js';
import { scheduled, withMembers } from './subscription-change.js';
import { isFinal } from './subscription-moves.js';
import type { SubscriptionRecord } from './subscription.js';

const DAYS_AHEAD = 2;

/** Pause, resume, cancel, and another day for the next charge. */
export function subscriptionActions(
  book: Book<SubscriptionRecord>,
  { clock, publish }: Pick<ResourceKit, 'clock' | 'publish'>,
): Actions<SubscriptionRecord> {
  const moved = (record: SubscriptionRecord, change: Partial<SubscriptionRecord>) =>
    book.move(record.id, change) ?? record;

  return {
    'PATCH pause': action(noBody, (record) => {
      assertState(record, 'paused', record.subscription.status === 'active');
      planOf(record, 'paused');
      return moved(record, withMembers(record, { status: 'paused', next_payment_date: null }));
    }),

    'PATCH resume': action(noBody, (record) => {
      assertState(record, 'resumed', record.subscription.status === 'paused');
      // INFERRED: charges that the pause went over are not made up for.
      const plan = from(planOf(record, 'resumed'), clock.now());
      return moved(record, {
        ...scheduled(record, plan, { status: 'active' }),
        settledAt: clock.now(),
      });
    }),

    'PATCH cancel': action(noBody, (record) => {
      assertState(record, 'cancelled', !isFinal(record.subscription.status));
      const cancelled_at = dayOf(clock.now());
      return moved(
        record,
        withMembers(record, { status: 'cancelled', cancelled_at, next_payment_date: null }),
      );
    }),

    'PATCH next-payment-date': action(
      (fields) => readDate(fields, clock.now()),
      (record, date) => {
        // INFERRED word.
        assertState(record, 'updated', record.subscription.status === 'active');
        const plan = movedTo(planOf(record, 'updated'), date);
        const after = moved(record, { ...scheduled(record, plan, {}), settledAt: clock.now() });
        // INFERRED: the catalogue has the event, and does not say when it is sent.
        publish({ entityType: 'subscription', eventType: 'updated', data: after.subscription });
        return after;
      },
    ),
  };
}

/** @throws {GatewayError} in the documented words. */
function assertState(record: SubscriptionRecord, done: string, isAllowed: boolean): void {
  if (isAllowed) return;
  throw GatewayError.badRequest(
    `Subscription cannot be ${done} from current state: ${record.subscription.status}`,
  );
}

/** @throws {GatewayError} INFERRED text: that these calls do not apply to `as_presented` is documented. */
function planOf({ plan }: SubscriptionRecord, done: string) {
  if (plan) return plan;
  throw GatewayError.badRequest(`Subscription cannot be ${done}: interval type is as_presented`);
}

/** INFERRED texts. */
function readDate(fields: Fields, now: number): string {
  const date = fields.date('next_payment_date');
  fields.require('next_payment_date');
  if (date !== undefined && date < addDays(dayOf(now), DAYS_AHEAD)) {
    fields.problem(`Next payment date must be at least ${DAYS_AHEAD} days from today`);
  }
  return date ?? '';
}
