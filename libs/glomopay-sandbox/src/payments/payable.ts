import type { Order } from '../orders/order.js';
import type { PaymentLink } from '../payment-links/payment-link.js';
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
  return ofPayin(order, 'orders');
}

export function ofLink(link: PaymentLink): Payable {
  return ofPayin(link, 'payment_link');
}

function ofPayin(payin: Order | PaymentLink, type: 'orders' | 'payment_link'): Payable {
  return {
    amount: payin.amount,
    currency: payin.currency,
    members: {
      payin_id: payin.id,
      payin_type: type,
      subscription_id: null,
      purpose_code: payin.purpose_code,
      customer_id: payin.customer_id,
      product_name: payin.product?.name ?? null,
      product_description: payin.product?.description ?? null,
    },
  };
}
