import {
  id,
  looseInteger,
  looseObjects,
  minorUnits,
  notes,
  openText,
  text,
} from '../../wire/readers.js';
import { may, must, shape, type ObjectOf, type SnapshotOf } from '../../wire/shape.js';
import { readRfiDocument } from '../parts/documents.js';

/**
 * Status of a subscription; `completed`, `cancelled`, `expired` and `failed` are final. In `halted` the
 * last charge has failed, and the next one that succeeds makes it `active` again.
 */
export type SubscriptionStatus =
  | 'created'
  | 'authorized'
  | 'active'
  | 'paused'
  | 'halted'
  | 'action_required'
  | 'under_review'
  | 'completed'
  | 'cancelled'
  | 'expired'
  | 'failed'
  | (string & {});

/**
 * When money is taken: every so many months or years by the gateway, or whenever you say so
 * (`as_presented`, see `PaymentsService.charge`).
 */
export type SubscriptionInterval = 'month' | 'year' | 'as_presented' | (string & {});

/** Dates are days, `YYYY-MM-DD`, UTC. */
export const subscriptionShape = shape('subscription', {
  id: must('id', id('subscription')),
  customerId: must('customer_id', id('customer')),
  status: must('status', openText<SubscriptionStatus>()),
  /** Why it is `halted`. */
  haltReason: may('halt_reason'),
  /** Minor units of `currency`, for each charge. */
  amount: must('amount', minorUnits),
  currency: must('currency', text),
  /** The most that one charge may be, in minor units; only on `as_presented`. */
  maxAmount: may('max_amount', looseInteger),
  intervalType: may('interval_type', openText<SubscriptionInterval>().loose),
  /** Months or years between two charges; null on `as_presented`. */
  intervalCount: may('interval_count', looseInteger),
  /** How many charges there are in all; null on `as_presented`. */
  billingCycles: may('billing_cycles', looseInteger),
  startDate: may('start_date'),
  endDate: may('end_date'),
  /** Null while it is paused, and once it is cancelled. */
  nextPaymentDate: may('next_payment_date'),
  cancelledAt: may('cancelled_at'),
  /** When the link expires, not the plan. */
  expiresAt: may('expires_at'),
  /** Where the customer signs up. Never build it: the host differs from account to account. */
  subscriptionLinkUrl: may('subscription_link_url'),
  productName: may('product_name'),
  productDescription: may('product_description'),
  planName: may('plan_name'),
  planDescription: may('plan_description'),
  /** Your reference, by which a create whose answer got lost is found again. */
  referenceNumber: may('reference_number'),
  notes: may('notes', notes),
  /** Only while the status is `action_required`. */
  rfiDocuments: may('rfi_documents', looseObjects(readRfiDocument)),
});

/** A customer's consent to be charged again and again, as the gateway records it. */
export interface Subscription extends ObjectOf<typeof subscriptionShape> {}

/** A subscription at the time of an event. */
export type SubscriptionSnapshot = SnapshotOf<typeof subscriptionShape>;

/** A subscription that a create returned. */
export interface CreatedSubscription extends Subscription {
  /** True when the answer had got lost, and the subscription was found by its reference. */
  readonly replayed: boolean;
}
