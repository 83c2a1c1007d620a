import { screen } from '../screening/screening.js';
import type { PostPaymentScreening } from '../screening/screening.js';
import type { BankDecision } from './bank-decision.js';
import { transactionFee } from './charged-amount.js';
import type { Money } from '../money/money.js';
import type { FeeBreakdown, Fees, Payment, PaymentRecord } from './payment.js';

/** Where a decision leads. A card made to fail fails whatever the buyer pressed. */
export function decided(
  record: PaymentRecord,
  decision: BankDecision,
  screening: PostPaymentScreening,
  now: string,
): Payment {
  const { payment, behaviour, customerName } = record;
  if (decision === 'decline' || behaviour?.succeeds === false)
    return { ...payment, ...declined(now) };
  const names = [customerName];
  const result = screen({ kind: 'card', amount: payment.requested_amount, names }, screening);
  if (result === 'sanction_hit') return { ...payment, ...sanctionHit(now) };
  return { ...payment, ...succeeded(payment, { now, isHeld: result === 'held' }) };
}

/** Paid. Money that is held is not usable yet. */
export function succeeded(
  payment: Payment,
  { now, isHeld }: { readonly now: string; readonly isHeld: boolean },
): Partial<Payment> {
  const requested = { amount: payment.requested_amount, currency: payment.requested_currency };
  const isOwn = payment.payin_type === 'add_funds';
  const fee = transactionFee(isOwn ? { ...requested, amount: 0 } : requested);
  return {
    status: 'success',
    paid_at: now,
    fees: feesOf(fee),
    fee_breakdown: breakdownOf(fee),
    funds_available: !isHeld,
    updated_at: now,
  };
}

// INFERRED descriptions: only the codes are documented.
function declined(now: string): Partial<Payment> {
  return {
    status: 'failed',
    error_code: 'PAYMENT_DECLINED',
    error_description: 'The payment was declined by the issuing bank',
    customer_error_description: 'Your bank declined the payment. Please try another card.',
    updated_at: now,
  };
}

/** Without post-payment screening, the account's default. */
export function sanctionHit(now: string): Partial<Payment> {
  return {
    status: 'action_required',
    error_code: 'SANCTION_HIT',
    error_description: 'The payment needs a sanctions review',
    customer_error_description: null,
    updated_at: now,
  };
}

function feesOf(fee: Money): Fees {
  const none = { amount: 0, currency: fee.currency };
  return { txn_fee: fee, fx_fee: none, referral_fee: none };
}

function breakdownOf(fee: Money): FeeBreakdown {
  const entry = { ...fee, bearer: 'merchant', collection_mode: 'immediate', taxes: [] } as const;
  return { fx_fee: [], txn_fee: [entry], referral_fee: [] };
}
