import type { Currency, Money } from '../money/money.js';
import type { BankAccountDetails, PaymentMethod, Product, RfiDocument } from '../orders/order.js';
import type { PayinStatus } from '../payins/payin-status.js';
import type { Quote } from '../quotes/quote.js';

/** What the gateway calls it, and how its ids begin. */
export const PAYMENT_LINK = { kind: 'Payment link', idPrefix: 'plink' } as const;

/** A page at which one customer pays one amount, as the gateway answers it. */
export interface PaymentLink {
  readonly id: string;
  readonly customer_id: string;
  readonly document_id: string | null;
  readonly status: PayinStatus;
  readonly payment_methods: readonly PaymentMethod[];
  readonly currency: Currency;
  readonly amount: number;
  readonly purpose_code: string;
  readonly invoice_number: string | null;
  readonly invoice_description: string | null;
  readonly invoice_amount: number | null;
  readonly reference_number: string | null;
  readonly expires_at: string;
  readonly last_reminder_sent_at: string | null;
  /** Null until it has been active. */
  readonly payment_link: string | null;
  readonly reminder_frequency: number | null;
  readonly price_id: string | null;
  readonly product: Product | null;
  readonly notes: Readonly<Record<string, string>> | null;
  /** Only when it was sent (INFERRED). */
  readonly bank_account_details?: BankAccountDetails;
  /** While it is `action_required`. */
  readonly rfi_documents?: readonly RfiDocument[] | undefined;
  readonly created_at: string;
  readonly updated_at: string;
}

/** What a link can begin with. */
export const FIRST_LINK_STATUSES = [
  'active',
  'under_review',
  'action_required',
] as const satisfies readonly PayinStatus[];

export type FirstLinkStatus = (typeof FIRST_LINK_STATUSES)[number];

/** `partially_paid` is documented, and no link becomes it. */
export const LINK_STATUS_FILTERS = [
  'active',
  'paid',
  'failed',
  'action_required',
  'cancelled',
  'partially_paid',
  'under_review',
  'expired',
] as const;

/** A link with what the gateway knows about it and does not tell. */
export interface LinkRecord {
  readonly id: string;
  readonly created_at: string;
  readonly link: PaymentLink;
  /** Its page, which is told once it is active. */
  readonly url: string;
  /** Opens the page: the last part of its address. */
  readonly token: string;
  readonly quote: Quote | undefined;
  /** What a price takes of its payment. */
  readonly referralFee: Money | undefined;
}

/** A change of the link inside. */
export function linkChange(
  { link }: LinkRecord,
  change: Partial<PaymentLink>,
  now: string,
): Pick<LinkRecord, 'link'> {
  return { link: { ...link, ...change, updated_at: now } };
}
