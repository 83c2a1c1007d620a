import type { SandboxAccount } from '../account.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Balances } from '../money/balances.js';
import type { Money } from '../money/money.js';
import type { Payment } from '../payments/payment.js';
import type { RefundRequest } from './read-refund.js';
import { counts } from './refund.js';
import type { RefundRecord } from './refund.js';

const WINDOW_MS = 180 * 86_400_000;

/** What a refund is decided from. */
export interface RefundCase {
  readonly payment: Payment;
  readonly earlier: readonly RefundRecord[];
  readonly account: SandboxAccount;
  readonly balances: Balances;
  readonly now: number;
}

/** How much goes back. */
export interface Granted {
  readonly asked: Money;
  readonly isPartial: boolean;
}

/**
 * What is refunded, in the currency that is settled.
 *
 * @throws {GatewayError} 400 "Refund creation failed" with the reason. But for that of parts on an
 *   account without them, the texts of the reasons are INFERRED.
 */
export function grant({ amount }: RefundRequest, refundCase: RefundCase): Granted {
  const { payment, earlier, account, balances } = refundCase;
  const { converted_amount: whole, converted_currency: currency } = payment;
  assertRefundable(refundCase);
  const left = earlier.filter(counts).reduce((sum, { asked }) => sum - asked.amount, whole);
  if (left <= 0) throw refused('Payment has already been fully refunded');
  const isPartial = amount !== undefined && amount < whole;
  if (isPartial && payment.payment_method.type !== 'card') {
    throw refused('Partial refunds are supported for card payments only');
  }
  if (isPartial && !account.partialRefunds) {
    throw refused('Partial refunds are not enabled for this business');
  }
  if (isPartial && amount > left) {
    throw refused('Refund amount is greater than the amount left to refund');
  }
  const asked = { amount: isPartial ? amount : left, currency };
  if (balances.amountOf(currency) < asked.amount) {
    throw refused('Insufficient balance to process this refund');
  }
  return { asked, isPartial };
}

function assertRefundable({ payment, now }: RefundCase): void {
  const { status, paid_at, payin_type, payment_method, compliance_status } = payment;
  if (status !== 'success') throw refused('Payment is not successful');
  // INFERRED: the days count from when it was paid.
  if (now > Date.parse(paid_at ?? '') + WINDOW_MS) throw refused('Payment is older than 180 days');
  const kinds: readonly string[] = [payment_method.type, payin_type ?? ''];
  if (kinds.includes('pay_via_bank')) throw refused('Pay via bank payments cannot be refunded');
  if (kinds.includes('add_funds')) throw refused('Add funds payments cannot be refunded');
  // INFERRED: the money is withheld while a review is open.
  if (compliance_status !== null && compliance_status !== 'approved') {
    throw refused('Payment is withheld or rejected by compliance');
  }
}

function refused(message: string): GatewayError {
  return new GatewayError(400, { error: 'Refund creation failed', message });
}
