import type { Currency, Money } from '../money/money.js';
import type { Remittance } from '../lrs/remittance.js';
import type { PayinStatus } from '../payins/payin-status.js';
import type { Quote } from '../quotes/quote.js';

/** What the gateway calls it, and how its ids begin. */
export const ORDER = { kind: 'Order', idPrefix: 'order' } as const;

/** The request to collect one payment, as the gateway answers it. */
export interface Order {
  readonly id: string;
  readonly customer_id: string;
  readonly document_id: string | null;
  readonly status: PayinStatus;
  readonly currency: Currency;
  readonly amount: number;
  readonly purpose_code: string;
  readonly invoice_number: string | null;
  readonly invoice_description: string | null;
  readonly invoice_amount: number | null;
  readonly reference_number: string | null;
  readonly product: Product | null;
  readonly notes: Readonly<Record<string, string>> | null;
  /** Only when it was sent (INFERRED). */
  readonly bank_account_details?: BankAccountDetails;
  /** Only on a remittance. */
  readonly lrs?: Remittance | undefined;
  /** While it is `action_required`. */
  readonly rfi_documents?: readonly RfiDocument[] | undefined;
  readonly payment_methods: readonly PaymentMethod[];
  /** Echoed (INFERRED). */
  readonly request_id: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** An order with what the gateway does not tell. */
export interface OrderRecord extends Order {
  /** The quote that it was made with, and expires with. */
  readonly quote?: Pick<Quote, 'id' | 'expires_at'> | undefined;
  /** What a price takes of its payment. */
  readonly referralFee?: Money | undefined;
}

/** An order as it is answered. */
export function shownOrder(record: OrderRecord): Order {
  const { quote: _quote, referralFee: _fee, ...order } = record;
  return order;
}

export interface Product {
  readonly name: string;
  readonly description: string | null;
}

/** A document that an order waits for. */
export interface RfiDocument {
  readonly rfi_doc_id: string;
  readonly name: string;
}

export interface BankAccountDetails {
  readonly account_number: string;
  readonly bic_primary: string | null;
  readonly bic_secondary: string | null;
  readonly bank_customer_id: string | null;
}

/** `expired` is in no documented filter. */
export const ORDER_STATUS_FILTERS = [
  'active',
  'paid',
  'failed',
  'action_required',
  'cancelled',
  'under_review',
] as const satisfies readonly PayinStatus[];

export const PAYMENT_METHODS = ['bank_transfer', 'pay_via_bank', 'card'] as const;

export type PaymentMethod = (typeof PAYMENT_METHODS)[number];
