import { randomBytes } from 'node:crypto';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { newId } from '../books/object-id.js';
import type { Customer } from '../customers/customer.js';
import type { Money } from '../money/money.js';
import type { Rates } from '../money/rates.js';
import { chargedAmount } from './charged-amount.js';
import type { Payable } from './payable.js';
import { PAYMENT } from './payment.js';
import type { CardDetails, Payment, PaymentMethodUsed, PaymentRecord } from './payment.js';
import type { CardBehaviour } from './test-cards.js';

/** What the merchant says of a payment, without the card's number and CVV. */
export interface PaymentTerms {
  readonly callbackUrl: string;
  readonly requestId: string | null;
  readonly notes: Readonly<Record<string, string>> | null;
  readonly card: CardDetails;
  readonly behaviour: CardBehaviour;
}

/** What a new payment is made from. */
export interface NewPayment {
  readonly request: PaymentTerms;
  readonly payable: Payable;
  readonly customer: Customer | undefined;
  readonly merchantId: string;
  readonly rates: Rates;
}

/** A payment as it is before the buyer has answered. */
export function newPayment(parts: NewPayment, clock: Clock): PaymentRecord {
  const { request, payable, customer, rates, merchantId } = parts;
  const payment = paymentInProgress(
    {
      payable,
      charged: chargedAmount(payable, rates),
      senderName: request.card.card_holder_name,
      country: customer?.country ?? '',
      notes: request.notes,
      method: { type: 'card', details: request.card },
      merchantId,
    },
    clock,
  );
  const { requestId, callbackUrl, behaviour } = parts.request;
  return {
    id: payment.id,
    created_at: payment.created_at,
    payment,
    requestId,
    callbackUrl,
    customerName: parts.customer?.name ?? '',
    behaviour,
    fundsHeld: false,
    referralFee: payable.referralFee,
    authToken: randomBytes(24).toString('base64url'),
  };
}

/** Who pays what for what, and how. */
export interface PaymentParts {
  readonly payable: Payable;
  /** What the payer pays, which may be in another currency. */
  readonly charged: Money;
  readonly senderName: string;
  readonly country: string;
  readonly notes: Readonly<Record<string, string>> | null;
  readonly method: PaymentMethodUsed;
  readonly merchantId: string;
}

/** The gateway's side of a payment at its beginning. */
export function paymentInProgress(
  { payable, charged, ...parts }: PaymentParts,
  clock: Clock,
): Payment {
  const now = timestamp(clock);
  return {
    id: newId(PAYMENT.idPrefix, clock),
    ...payable.members,
    status: 'in_progress',
    compliance_status: null,
    rfi: null,
    payment_currency: charged.currency,
    payment_amount: charged.amount,
    converted_currency: payable.currency,
    converted_amount: payable.amount,
    requested_currency: payable.currency,
    requested_amount: payable.amount,
    sender_name: parts.senderName,
    notes: parts.notes,
    error_code: null,
    error_description: null,
    customer_error_description: null,
    paid_at: null,
    fee_bearer: 'merchant',
    fee_collection_mode: 'immediate',
    merchant_id: parts.merchantId,
    country: parts.country,
    fees: null,
    fee_breakdown: null,
    documents: [],
    settlement_id: null,
    funds_available: false,
    payment_method: parts.method,
    created_at: now,
    updated_at: now,
  };
}
