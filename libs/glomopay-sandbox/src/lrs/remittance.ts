import { BENEFICIARY } from '../beneficiaries/beneficiary.js';
import type { Beneficiary } from '../beneficiaries/beneficiary.js';
import type { Book } from '../books/book.js';
import type { Customer } from '../customers/customer.js';
import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Clock } from '../time/clock.js';
import { LRS_BANK_ACCOUNT } from './lrs-bank-account.js';
import type { LrsBankAccountRecord } from './lrs-bank-account.js';
import { sideIn } from './lrs-quote.js';
import type { LrsQuote, LrsQuoteRecord } from './lrs-quote.js';

/** What makes an order a remittance. */
export interface Remittance {
  readonly lrs_quote_id: string;
  readonly remittance_information: string;
  readonly bank_account_id: string | null;
  readonly beneficiary_id: string | null;
}

/** An order that is one. */
interface RemittanceOrder {
  readonly amount: number;
  readonly currency: string;
  readonly lrs: Remittance;
}

/** The codes of a remittance. INFERRED: it has the first where it names none. */
export const LRS_PURPOSE_CODES = ['S0001', 'S0002'] as const;

/** What remittances are checked against. */
export interface LrsBooks {
  readonly quotes: Book<LrsQuoteRecord>;
  readonly bankAccounts: Book<LrsBankAccountRecord>;
  readonly beneficiaries: Book<Beneficiary>;
}

/** Reads `lrs` of an order. */
export function readRemittance(lrs: Fields): Remittance {
  return {
    lrs_quote_id: lrs.requiredId('lrs_quote_id', 'quote'),
    remittance_information: lrs.requiredText('remittance_information', {
      pattern: /^[a-zA-Z0-9-]*$/,
      maxLength: 20,
    }),
    bank_account_id: lrs.id('bank_account_id', LRS_BANK_ACCOUNT.idPrefix) ?? null,
    beneficiary_id: lrs.id('beneficiary_id', BENEFICIARY.idPrefix) ?? null,
  };
}

/**
 * The quote of a remittance, which everything else has to fit.
 *
 * @throws {GatewayError} 400 for what does not fit (INFERRED texts).
 */
export function quoteOf(
  order: RemittanceOrder,
  customer: Customer,
  { quotes, bankAccounts, beneficiaries }: LrsBooks,
  clock: Clock,
): LrsQuote {
  const record = quotes.get(order.lrs.lrs_quote_id);
  if (!record) throw GatewayError.badRequest('lrs_quote_id not found');
  const { quote, usedBy } = record;
  // A quote without a bank is one of a payout.
  if (quote.bank_code === null) throw GatewayError.badRequest('lrs_quote_id is not a payin quote');
  if (usedBy !== null) throw GatewayError.badRequest('lrs_quote_id has already been used');
  if (Date.parse(quote.expires_at) <= clock.now()) {
    throw GatewayError.badRequest('lrs_quote_id has expired');
  }
  assertRemitter(customer);
  const dollars = sideIn('USD', quote);
  if (order.currency !== dollars.currency) {
    throw GatewayError.badRequest('Currency must be USD for LRS orders');
  }
  if (order.amount !== dollars.amount) {
    throw GatewayError.badRequest('Amount must equal the amount of the LRS quote');
  }
  const { beneficiary_id: payee } = order.lrs;
  if (payee !== null && beneficiaries.get(payee)?.category !== 'lrs') {
    throw GatewayError.badRequest('beneficiary_id not found');
  }
  if (order.lrs.bank_account_id !== null) {
    const account = bankAccounts.get(order.lrs.bank_account_id);
    if (account?.customerId !== customer.id) {
      throw GatewayError.badRequest('bank_account_id not found');
    }
    if (account.account.bank_code !== quote.bank_code) {
      throw GatewayError.badRequest('bank_account_id is of another bank than the LRS quote');
    }
  }
  return quote;
}

function assertRemitter(customer: Customer): void {
  const { country, phone, tax_identification_number: pan, name } = customer;
  if (country !== 'IND') throw GatewayError.badRequest('Customer must be a resident of India');
  if (!pan || !phone || !/^[A-Za-z0-9 ]+$/.test(name)) {
    throw GatewayError.badRequest('Customer must have a PAN, a phone and a plain name');
  }
}
