/** What the gateway calls it, and how its ids begin. */
export const PRICE = { kind: 'Price', idPrefix: 'price' } as const;

/** A referral fee, as the gateway answers it. */
export interface Price {
  readonly id: string;
  readonly pricing_type: PricingType;
  readonly fees_amount: number | null;
  readonly fees_currency: string | null;
  /** Hundredths of a percent. */
  readonly bps: number | null;
  readonly set_as_default: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export const PRICING_TYPES = ['fixed', 'percentage'] as const;

export type PricingType = (typeof PRICING_TYPES)[number];
