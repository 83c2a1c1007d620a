import type { OrderId, PaymentId } from '../../values/ids.js';
import type { CreateRefundInput } from './create-refund.dto.js';
import type { RefundFilterInput } from './refund-filter.dto.js';
import type { Refundability } from './refundability.js';
import type { RefundsService } from './refunds.service.js';

declare const refunds: RefundsService;
declare const paymentId: PaymentId;
declare const orderId: OrderId;
declare const fromTheDatabase: string;

const asked = { paymentId, requestId: 'refund-1' } as const;

export const whole: CreateRefundInput = { ...asked, reason: 'Requested By Customer' };
export const part: CreateRefundInput = { ...asked, reason: 'Others', amount: 500 };
export const stored: CreateRefundInput = {
  paymentId: fromTheDatabase,
  requestId: fromTheDatabase,
  reason: 'Duplicate',
};

// @ts-expect-error the reason is to the letter
export const shouted: CreateRefundInput = { ...asked, reason: 'Requested by customer' };

const verified = 'Refunded For Subscription Verification';
// @ts-expect-error what the gateway refunds by itself cannot be asked for
export const verification: CreateRefundInput = { ...asked, reason: verified };

// @ts-expect-error a text that may be no reason at all
export const open: CreateRefundInput = { ...asked, reason: fromTheDatabase };

// @ts-expect-error without a requestId a lost answer could become a second refund
export const unguarded: CreateRefundInput = { paymentId, reason: 'Others' };

// @ts-expect-error an order is not refunded, its payment is
export const ofOrder: CreateRefundInput = { ...asked, paymentId: orderId, reason: 'Others' };

// @ts-expect-error a currency is not asked for: it is the payment's
export const inEuros: CreateRefundInput = { ...asked, reason: 'Others', currency: 'EUR' };

// @ts-expect-error the same for the look before
export const looked = refunds.refundable(orderId);

export const filters: readonly RefundFilterInput[] = [
  { status: 'in_progress' },
  { status: 'pending', paymentId },
];

// @ts-expect-error the gateway's filter knows no such status
export const cancelled: RefundFilterInput = { status: 'cancelled' };

export function reasonsAgainst({ amount, obstacles }: Refundability): number | string {
  // @ts-expect-error it may be unknown
  const units: number = amount.amount;
  // @ts-expect-error there is no such obstacle
  if (obstacles[0] === 'no_money') return units;
  return amount === undefined ? 'unknown' : amount.amount;
}
