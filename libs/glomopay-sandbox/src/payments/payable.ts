import type { Order } from '../orders/order.js';
import type { Payment } from './payment.js';

/** What a payment is for, and what it has from there. */
export interface Payable {
  readonly amount: number;
  readonly currency: string;
  /** What it is for, in the payment's own members. */
  readonly members: Pick<
    Payment,
    | 'payin_id'
    | 'payin_type'
    | 'subscription_id'
    | 'purpose_code'
    | 'product_name'
    | 'product_description'
    | 'customer_id'
    | 'auto_debit?'
  >;
}

export function ofOrder(order: Order): Payable {
  return {
    amount: order.amount,
    currency: order.currency,
    members: {
      payin_id: order.id,
      payin_type: 'orders',
      subscription_id: null,
      purpose_code: order.purpose_code,
      customer_id: order.customer_id,
      product_name: order.product?.name ?? null,
      product_description: order.product?.description ?? null,
    },
  };
}
