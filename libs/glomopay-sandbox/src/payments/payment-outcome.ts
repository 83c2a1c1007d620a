import { screen } from '../screening/screening.js';
import type { PostPaymentScreening, ScreenedKind } from '../screening/screening.js';
import type { BankDecision } from './bank-decision.js';
import { transactionFee } from './charged-amount.js';
import type { Money } from '../money/money.js';
import type { FeeBreakdown, FeeBreakdownEntry, Fees, Payment, PaymentRecord } from './payment.js';

/** What a payment is decided with, beside itself. */
export interface Ruling {
  readonly screening: PostPaymentScreening;
  readonly now: string;
  /** Who is screened. @defaultValue the customer */
  readonly names?: readonly string[] | undefined;
  /** Whether the money is held though screening finds nothing. @defaultValue false */
  readonly fundsHeld?: boolean | undefined;
  /** Why the bank declines. @defaultValue 'PAYMENT_DECLINED' */
  readonly errorCode?: string | undefined;
}

/** Where a decision leads. A card made to fail fails whatever the buyer pressed. */
export function decided(record: PaymentRecord, decision: BankDecision, ruling: Ruling): Payment {
  const isDeclined = decision === 'decline' || record.behaviour?.succeeds === false;
  if (isDeclined) return { ...record.payment, ...declined(ruling) };
  return received(record, record.isRemittance ? 'transfer' : 'card', ruling);
}

/**
 * What becomes of a payment whose money has come: after screening it has succeeded, it has and compliance
 * asks first, or it waits.
 */
export function received(
  { payment, customerName, referralFee }: PaymentRecord,
  kind: ScreenedKind,
  { screening, now, names = [customerName], fundsHeld = false }: Ruling,
): Payment {
  switch (screen({ kind, amount: payment.requested_amount, names }, screening)) {
    case 'sanction_hit':
      return { ...payment, ...sanctionHit(now) };
    case 'held': {
      const paid = succeeded(payment, { now, isHeld: true, referralFee });
      return { ...payment, ...paid, compliance_status: 'action_required' };
    }
    case 'clear':
      return { ...payment, ...succeeded(payment, { now, isHeld: fundsHeld, referralFee }) };
  }
}

interface Received extends Pick<PaymentRecord, 'referralFee'> {
  readonly now: string;
  readonly isHeld: boolean;
}

/** Paid. Money that is held is not usable yet. */
function succeeded(payment: Payment, { now, isHeld, referralFee }: Received): Partial<Payment> {
  const requested = { amount: payment.requested_amount, currency: payment.requested_currency };
  const isOwn = payment.payin_type === 'add_funds';
  const fee = transactionFee(isOwn ? { ...requested, amount: 0 } : requested);
  return {
    status: 'success',
    error_code: null,
    error_description: null,
    customer_error_description: null,
    paid_at: now,
    fees: feesOf(fee, referralFee),
    fee_breakdown: breakdownOf(fee, referralFee),
    funds_available: !isHeld,
    updated_at: now,
  };
}

// INFERRED descriptions: only the codes are documented.
function declined({ now, errorCode = 'PAYMENT_DECLINED' }: Ruling): Partial<Payment> {
  return {
    status: 'failed',
    error_code: errorCode,
    error_description: 'The payment was declined by the issuing bank',
    customer_error_description: 'Your bank declined the payment. Please try another card.',
    updated_at: now,
  };
}

/** Without post-payment screening, the account's default. */
function sanctionHit(now: string): Partial<Payment> {
  return {
    status: 'action_required',
    error_code: 'SANCTION_HIT',
    error_description: 'The payment needs a sanctions review',
    customer_error_description: null,
    updated_at: now,
  };
}

function feesOf(fee: Money, referralFee: Money | undefined): Fees {
  const none = { amount: 0, currency: fee.currency };
  return { txn_fee: fee, fx_fee: none, referral_fee: referralFee ?? none };
}

function breakdownOf(fee: Money, referralFee: Money | undefined): FeeBreakdown {
  return {
    fx_fee: [],
    txn_fee: [entryOf(fee)],
    referral_fee: referralFee ? [entryOf(referralFee)] : [],
  };
}

function entryOf(fee: Money): FeeBreakdownEntry {
  return { ...fee, bearer: 'merchant', collection_mode: 'immediate', taxes: [] };
}
