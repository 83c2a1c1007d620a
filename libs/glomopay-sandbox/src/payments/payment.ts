import type { Money } from '../money/money.js';
import type { DocumentRequirement, Rfi } from '../rfi/rfi.js';
import type { CardBehaviour } from './test-cards.js';

/** What the gateway calls it, and how its ids begin. */
export const PAYMENT = { kind: 'Payment', idPrefix: 'payt' } as const;

/** One attempt to pay an order, a link, a top-up or a subscription, as the gateway answers it. */
export interface Payment {
  readonly id: string;
  /** Null on a subscription (INFERRED) and on a transfer that fits nothing, as its type is. */
  readonly payin_id: string | null;
  readonly payin_type: 'orders' | 'payment_link' | 'add_funds' | null;
  readonly subscription_id: string | null;
  readonly status: PaymentStatus;
  readonly compliance_status: ComplianceStatus | null;
  readonly rfi: PaymentRfi | null;
  readonly payment_currency: string;
  readonly payment_amount: number;
  readonly converted_currency: string;
  readonly converted_amount: number;
  readonly requested_currency: string;
  readonly requested_amount: number;
  readonly purpose_code: string | null;
  readonly sender_name: string;
  readonly notes: Readonly<Record<string, string>> | null;
  readonly error_code: string | null;
  readonly error_description: string | null;
  readonly customer_error_description: string | null;
  readonly paid_at: string | null;
  readonly fee_bearer: 'merchant';
  readonly fee_collection_mode: 'immediate';
  /** Null on money of which nobody knows who sent it (INFERRED), and on a top-up. */
  readonly customer_id: string | null;
  readonly merchant_id: string;
  readonly product_name: string | null;
  readonly product_description: string | null;
  readonly country: string;
  readonly fees: Fees | null;
  readonly fee_breakdown: FeeBreakdown | null;
  readonly documents: readonly never[];
  readonly settlement_id: string | null;
  readonly funds_available: boolean;
  readonly payment_method: PaymentMethodUsed;
  /** On subscriptions only: whether it was made without the buyer (INFERRED). */
  readonly 'auto_debit?'?: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export type PaymentStatus =
  'in_progress' | 'action_required' | 'under_review' | 'success' | 'failed';

export type ComplianceStatus = 'action_required' | 'under_review' | 'approved' | 'rejected';

/** What compliance asks, as a payment shows it. */
export interface PaymentRfi extends Pick<
  Rfi,
  'id' | 'reason_code' | 'reason_code_description' | 'response_deadline'
> {
  /** Only while `compliance_status` is `action_required`. */
  readonly documents_required: readonly DocumentRequirement[] | null;
}

/** How it was paid. */
export type PaymentMethodUsed =
  | { readonly type: 'card'; readonly details: CardDetails }
  | { readonly type: 'bank_transfer'; readonly details: BankTransferDetails };

/** All that is kept of a card: never its number, never its CVV. */
export interface CardDetails {
  readonly card_network: string;
  readonly card_type: 'credit' | 'debit';
  readonly end_digits: string;
  readonly country_code: string;
  readonly card_holder_name: string;
  readonly card_bin: string;
  readonly issuer_name: string;
}

/** Who sent a transfer, from where and to which account. */
export interface BankTransferDetails {
  readonly sender_name: string;
  readonly sender_country: string | null;
  readonly sender_account_number: string;
  readonly receiver_account_number: string;
  readonly sender_bank_name: string | null;
  readonly sender_bank_country: string | null;
  readonly sender_bank_address: string | null;
  readonly swift_code: string | null;
  readonly local_routing_number: string | null;
  readonly external_reference: string | null;
  readonly transfer_type: 'swift' | 'local' | null;
  readonly remittance_information: string | null;
}

export interface Fees {
  readonly txn_fee: Money;
  readonly fx_fee: Money;
  readonly referral_fee: Money;
}

export interface FeeBreakdownEntry extends Money {
  readonly bearer: 'customer' | 'merchant';
  readonly collection_mode: 'immediate' | 'deferred';
  readonly taxes: readonly never[];
}

export interface FeeBreakdown {
  readonly fx_fee: readonly FeeBreakdownEntry[];
  readonly txn_fee: readonly FeeBreakdownEntry[];
  readonly referral_fee: readonly FeeBreakdownEntry[];
}

/** A payment with what the gateway knows about it and does not tell. */
export interface PaymentRecord {
  readonly id: string;
  readonly created_at: string;
  readonly payment: Payment;
  readonly requestId: string | null;
  /** Empty where no buyer is asked, and nobody comes back. */
  readonly callbackUrl: string;
  /** Who pays, for screening. */
  readonly customerName: string;
  /** Opens the payment's 3DS page. */
  readonly authToken: string;
  /** Null where there is no card. */
  readonly behaviour: CardBehaviour | null;
  /** Whether a resident of India remits it. @defaultValue false */
  readonly isRemittance?: boolean;
  /** What a price takes of it. @defaultValue nothing */
  readonly referralFee?: Money | undefined;
  /** Whether its money was not usable at once. */
  readonly fundsHeld: boolean;
}
