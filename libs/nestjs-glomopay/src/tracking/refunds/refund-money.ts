import type { Refundability } from '../../api/refunds/refundability.js';
import type { GlomopayViolation } from '../../errors/validation.error.js';
import type { AskedRefund } from './refund-intent.js';

/** What goes back, in minor units of the currency in which refunds are asked for. */
export interface RefundMoney {
  readonly amount: number;
  readonly currency: string;
}

/** What a refund would give back of what is left, or the rule that it breaks. */
export function moneyLeftFor(
  { amount, currency }: AskedRefund,
  { amount: left, obstacles }: Refundability,
): RefundMoney | GlomopayViolation {
  if (left === undefined) {
    const message = 'must be given with its currency: what is left of the payment cannot be told';
    return { path: 'amount', rule: 'isDefined', message };
  }
  if (currency !== undefined && currency !== left.currency) {
    return { path: 'currency', rule: 'isSame', message: `must be ${left.currency}` };
  }
  const asked = amount ?? left.amount;
  if (asked >= 1 && asked <= left.amount) return { amount: asked, currency: left.currency };
  const why = obstacles.length === 0 ? '' : `: ${obstacles.join(', ')}`;
  return {
    path: 'amount',
    rule: 'isLeft',
    message: `must be left of the payment, of which ${left.amount} minor units can be refunded${why}`,
  };
}
