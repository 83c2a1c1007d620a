import type { Payable } from '../payments/payable.js';
import type { SubscriptionRecord } from './subscription.js';

/** A payment of a subscription, as what it is for. */
export function payableOf(
  { subscription }: SubscriptionRecord,
  { amount, isAutomatic }: { readonly amount: number; readonly isAutomatic: boolean },
): Payable {
  return {
    amount,
    currency: subscription.currency,
    members: {
      payin_id: null,
      payin_type: null,
      subscription_id: subscription.id,
      purpose_code: null,
      customer_id: subscription.customer_id,
      product_name: subscription.product_name,
      product_description: subscription.product_description,
      'auto_debit?': isAutomatic,
    },
  };
}
