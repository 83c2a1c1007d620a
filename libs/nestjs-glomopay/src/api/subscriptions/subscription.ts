import { looseId, looseInteger, looseObjects, notes } from '../../wire/readers.js';
import { may, shape, type SnapshotOf } from '../../wire/shape.js';
import { readRfiDocument } from '../parts/documents.js';

/** A subscription at the time of an event. Dates are `YYYY-MM-DD`, UTC. */
export type SubscriptionSnapshot = SnapshotOf<typeof subscriptionShape>;

export const subscriptionShape = shape('subscription', {
  id: may('id', looseId<'subscription'>()),
  customerId: may('customer_id', looseId<'customer'>()),
  status: may('status'),
  haltReason: may('halt_reason'),
  /** Minor units of `currency`. */
  amount: may('amount', looseInteger),
  currency: may('currency'),
  /** The most that one charge may be, in minor units; only on `as_presented`. */
  maxAmount: may('max_amount', looseInteger),
  /** `month`, `year` or `as_presented`. */
  intervalType: may('interval_type'),
  intervalCount: may('interval_count', looseInteger),
  billingCycles: may('billing_cycles', looseInteger),
  startDate: may('start_date'),
  endDate: may('end_date'),
  nextPaymentDate: may('next_payment_date'),
  cancelledAt: may('cancelled_at'),
  /** When the link expires, not the plan. */
  expiresAt: may('expires_at'),
  subscriptionLinkUrl: may('subscription_link_url'),
  productName: may('product_name'),
  productDescription: may('product_description'),
  planName: may('plan_name'),
  planDescription: may('plan_description'),
  referenceNumber: may('reference_number'),
  notes: may('notes', notes),
  rfiDocuments: may('rfi_documents', looseObjects(readRfiDocument)),
});
