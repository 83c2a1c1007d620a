import { looseInteger, looseObjects, notes } from '../../wire/readers.js';
import { member, snapshot, type SnapshotOf } from '../../wire/snapshot.js';
import { rfiDocumentSnapshot } from './parts.snapshot.js';

/** A subscription at the time of an event. Dates are `YYYY-MM-DD`, UTC. */
export type SubscriptionSnapshot = SnapshotOf<typeof subscriptionSnapshot>;

export const subscriptionSnapshot = snapshot({
  id: member('id'),
  customerId: member('customer_id'),
  status: member('status'),
  haltReason: member('halt_reason'),
  /** Minor units of `currency`. */
  amount: member('amount', looseInteger),
  currency: member('currency'),
  /** The most that one charge may be, in minor units; only on `as_presented`. */
  maxAmount: member('max_amount', looseInteger),
  /** `month`, `year` or `as_presented`. */
  intervalType: member('interval_type'),
  intervalCount: member('interval_count', looseInteger),
  billingCycles: member('billing_cycles', looseInteger),
  startDate: member('start_date'),
  endDate: member('end_date'),
  nextPaymentDate: member('next_payment_date'),
  cancelledAt: member('cancelled_at'),
  /** When the link expires, not the plan. */
  expiresAt: member('expires_at'),
  subscriptionLinkUrl: member('subscription_link_url'),
  productName: member('product_name'),
  productDescription: member('product_description'),
  planName: member('plan_name'),
  planDescription: member('plan_description'),
  referenceNumber: member('reference_number'),
  notes: member('notes', notes),
  rfiDocuments: member('rfi_documents', looseObjects(rfiDocumentSnapshot)),
});
