import type { Money } from '../money/money.js';
import type { Order, OrderRecord } from '../orders/order.js';
import type { LinkRecord, PaymentLink } from '../payment-links/payment-link.js';
import type { Payment } from './payment.js';

/** What a payment is for, and what it has from there. */
export interface Payable {
  readonly amount: number;
  readonly currency: string;
  /** What a price takes of it. @defaultValue nothing */
  readonly referralFee?: Money | undefined;
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

export function ofOrder(order: OrderRecord): Payable {
  return { ...ofPayin(order, 'orders'), referralFee: order.referralFee };
}

export function ofLink({ link, referralFee }: LinkRecord): Payable {
  return { ...ofPayin(link, 'payment_link'), referralFee };
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
