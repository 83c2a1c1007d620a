import { id, looseBoolean, looseInteger, openText } from '../../wire/readers.js';
import { may, must, shape, type ObjectOf } from '../../wire/shape.js';

/** How a fee is reckoned. */
export type PricingType = 'fixed' | 'percentage' | (string & {});

export const priceShape = shape('price', {
  id: must('id', id('price')),
  pricingType: must('pricing_type', openText<PricingType>()),
  /** Minor units of `feesCurrency`; of a `fixed` price. */
  feesAmount: may('fees_amount', looseInteger),
  /** ISO 4217; of a `fixed` price. */
  feesCurrency: may('fees_currency'),
  /** Hundredths of a percent: 1000 is 10 %; of a `percentage` price. */
  bps: may('bps', looseInteger),
  /** Whether orders and links without a price have this one. */
  setAsDefault: may('set_as_default', looseBoolean),
  /** ISO 8601, UTC. */
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});

/** A referral fee of a platform account, as the gateway records it. Orders and payment links name it by its id. */
export interface Price extends ObjectOf<typeof priceShape> {}
