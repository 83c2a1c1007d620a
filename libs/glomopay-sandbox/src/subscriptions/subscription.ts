import type { Currency } from '../money/money.js';
import type { CardDetails } from '../payments/payment.js';
import type { CardBehaviour } from '../payments/test-cards.js';
import type { Plan } from './plan.js';

/** What the gateway calls it, and how its ids begin. */
export const SUBSCRIPTION = { kind: 'Subscription', idPrefix: 'sub' } as const;

/** A customer's consent to be charged again and again, as the gateway answers it. Days are UTC. */
export interface Subscription {
  readonly id: string;
  readonly customer_id: string;
  readonly product_name: string;
  readonly product_description: string;
  readonly plan_name: string | null;
  readonly plan_description: string | null;
  readonly reference_number: string | null;
  readonly status: SubscriptionStatus;
  readonly halt_reason: string | null;
  readonly amount: number;
  readonly currency: Currency;
  readonly interval_type: IntervalType;
  readonly interval_count: number | null;
  readonly billing_cycles: number | null;
  readonly max_amount: number | null;
  readonly start_date: string | null;
  readonly end_date: string | null;
  readonly expires_at: string;
  readonly next_payment_date: string | null;
  readonly subscription_link_url: string;
  readonly cancelled_at: string | null;
  readonly notes: Readonly<Record<string, string>> | null;
}

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
  | 'failed';

/** Others are in no documented filter. */
export const SUBSCRIPTION_STATUS_FILTERS = [
  'created',
  'active',
  'paused',
  'expired',
  'failed',
  'halted',
  'cancelled',
  'completed',
] as const satisfies readonly SubscriptionStatus[];

export const INTERVAL_TYPES = ['month', 'year', 'as_presented'] as const;

export type IntervalType = (typeof INTERVAL_TYPES)[number];

/** A subscription with what the gateway knows about it and does not tell. */
export interface SubscriptionRecord {
  readonly id: string;
  readonly created_at: string;
  readonly subscription: Subscription;
  /** Undefined on `as_presented`. */
  readonly plan: Plan | undefined;
  readonly startsWithFirstPayment: boolean;
  /** What is charged again, once the first payment has succeeded. */
  readonly card: CarriedCard | undefined;
  /** When it was last charged, or its schedule last changed: a run after that charges it. */
  readonly settledAt: number;
  /** Whether the bank declines the next charge, whatever the card. */
  readonly declinesNext: boolean;
}

/** What is kept of a card to charge it again: never its number. */
export interface CarriedCard {
  readonly card: CardDetails;
  readonly behaviour: CardBehaviour;
}
