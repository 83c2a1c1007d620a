import type { SandboxAccount } from '../account.js';
import type { Book } from '../books/book.js';
import type { Customer } from '../customers/customer.js';
import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { CURRENCIES } from '../money/money.js';
import type { Currency, Money } from '../money/money.js';
import type { Rates } from '../money/rates.js';
import { readAmount, readCurrency } from '../money/read-money.js';
import { PAYMENT_METHODS } from '../orders/order.js';
import type { BankAccountDetails, PaymentMethod, Product } from '../orders/order.js';
import { PAYIN_PURPOSE_CODES } from '../orders/purpose-codes.js';
import { refuseSplits } from '../payments/read-payment.js';
import { priceFor } from '../prices/price-book.js';
import { referralFee, takenIn } from '../prices/referral-fee.js';
import type { Price } from '../prices/price.js';
import type { Quote, QuoteRecord } from '../quotes/quote.js';
import { usableQuote } from '../quotes/usable-quote.js';
import type { Clock } from '../time/clock.js';

const RESERVED_NOTES = ['id', 'customer_id', 'status', 'currency', 'amount', 'created_at'];

/** What orders and payment links are made with. */
export interface PayinNeighbours {
  readonly customers: Book<Customer>;
  readonly quotes: Book<QuoteRecord>;
  readonly prices: Book<Price>;
}

/** What the terms of an order or a payment link are read with. */
export interface PayinMarket extends Pick<PayinNeighbours, 'quotes' | 'prices'> {
  readonly clock: Clock;
  readonly account: SandboxAccount;
  readonly rates: Rates;
}

/** What is paid, by the merchant's own words or by a quote. */
export interface PayinTerms {
  readonly amount: number;
  readonly currency: Currency;
  /** Those that were sent, or the quote's. */
  readonly methods: readonly PaymentMethod[] | undefined;
  readonly priceId: string | null;
  readonly quote: Quote | undefined;
  /** What the price takes of a payment, where one applies. */
  readonly referralFee: Money | undefined;
}

/**
 * Reads what is paid.
 *
 * @param fixed the members that a quote fixes, so that they must not come along.
 * @throws {GatewayError} at once for a quote that cannot be used: that comes before every other check.
 */
export function readPayinTerms(
  fields: Fields,
  { clock, account, rates, quotes, prices }: PayinMarket,
  fixed: readonly string[],
): PayinTerms {
  if (fields.has('quote_id')) {
    refuseBeside(fields, fixed);
    const id = fields.text('quote_id') ?? '';
    const quote = usableQuote(quotes, clock, { id, resource: 'payin' });
    const { referral_fee: fee } = quote.fees;
    return {
      amount: quote.destination_amount,
      currency: currencyOf(quote),
      methods: [quote.method.payment_method],
      priceId: null,
      quote,
      referralFee: fee && takenIn(quote.destination_currency, fee, rates),
    };
  }
  const priceId = fields.id('price_id', 'price');
  const price = priceFor(prices, priceId);
  refuseSplits(fields, account.splits);
  const paid = { amount: readAmount(fields), currency: readCurrency(fields) };
  return {
    ...paid,
    methods: fields.someOf('payment_methods', PAYMENT_METHODS),
    priceId: priceId ?? null,
    quote: undefined,
    referralFee: price && takenIn(paid.currency, referralFee(price, paid), rates),
  };
}

function refuseBeside(fields: Fields, fixed: readonly string[]): void {
  const forbidden = fixed.find((name) => fields.has(name));
  if (forbidden) {
    throw GatewayError.badRequest(`${forbidden} cannot be specified when quote_id is present`);
  }
  if (fields.has('split_ids')) {
    throw GatewayError.validation(['Split ids cannot be specified when quote_id is present']);
  }
}

/** A payin quote is made for these currencies only. */
function currencyOf({ destination_currency: code }: Quote): Currency {
  return CURRENCIES.find((currency) => currency === code) ?? 'USD';
}

/** Reads what an order or a payment link says beside its terms. */
export function readPayinDetails(fields: Fields, { amount }: PayinTerms, account: SandboxAccount) {
  const bankAccount = readBankAccount(fields.object('bank_account_details'));
  const details = {
    customer_id: fields.requiredText('customer_id'),
    document_id: fields.id('document_id', 'doc') ?? null,
    purpose_code: fields.oneOf('purpose_code', PAYIN_PURPOSE_CODES) ?? account.defaultPurposeCode,
    invoice_number: fields.text('invoice_number') ?? null,
    invoice_description: fields.text('invoice_description') ?? null,
    invoice_amount: readInvoiceAmount(fields, amount),
    reference_number: fields.text('reference_number') ?? null,
    product: readProduct(fields.object('product')),
    notes: fields.notes('notes', RESERVED_NOTES),
    ...(bankAccount ? { bank_account_details: bankAccount } : {}),
  };
  if (account.invoiceRequired && details.invoice_number === null) {
    fields.problem("Invoice number can't be blank");
  }
  return details;
}

function readInvoiceAmount(fields: Fields, amount: number): number | null {
  const invoiceAmount = fields.integer('invoice_amount', 1) ?? null;
  if (invoiceAmount !== null && invoiceAmount < amount) {
    fields.problem('Invoice amount must be greater than or equal to amount');
  }
  return invoiceAmount;
}

function readProduct(product: Fields | undefined): Product | null {
  if (!product) return null;
  return {
    name: product.requiredText('name', { maxLength: 128 }),
    description: product.text('description', { maxLength: 512 }) ?? null,
  };
}

function readBankAccount(account: Fields | undefined): BankAccountDetails | undefined {
  if (!account) return undefined;
  if (!account.has('bic_primary') && !account.has('bic_secondary')) {
    account.problem('Bank account details must have bic primary or bic secondary');
  }
  return {
    account_number: account.requiredText('account_number'),
    bic_primary: account.text('bic_primary') ?? null,
    bic_secondary: account.text('bic_secondary') ?? null,
    bank_customer_id: account.text('bank_customer_id') ?? null,
  };
}
