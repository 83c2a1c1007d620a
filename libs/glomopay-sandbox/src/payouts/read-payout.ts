import type { SandboxAccount } from '../account.js';
import { BENEFICIARY } from '../beneficiaries/beneficiary.js';
import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { readRequestId } from '../http/request-id.js';
import { CURRENCIES } from '../money/money.js';
import type { Exchange } from '../quotes/amounts.js';
import { QUOTE } from '../quotes/quote.js';
import { RAILS } from '../quotes/rail.js';
import type { Rail } from '../quotes/rail.js';
import { assertRequiredNotes } from '../required-notes.js';
import { DESTINATION_CURRENCIES } from './payout.js';
import { PAYOUT_PURPOSE_CODES } from './purpose-codes.js';

/** A checked `POST /payouts` body. */
export interface PayoutRequest {
  readonly beneficiaryId: string;
  readonly purposeCode: string;
  /** How it goes: by a quote, or in its own words. */
  readonly way: { readonly quoteId: string } | (Exchange & { readonly rail: Rail });
  readonly requestId: string | null;
  readonly invoiceNumber: string | null;
  readonly documents: readonly string[];
  readonly notes: Readonly<Record<string, string>> | null;
}

/** What a quote has fixed, in the order in which it is looked for (INFERRED). */
const QUOTED = [
  'source_amount',
  'destination_amount',
  'source_currency',
  'destination_currency',
  'payment_rail',
] as const;

const RESERVED_NOTES = ['id', 'status', 'beneficiary_id', 'request_id', 'created_at'];

/**
 * Reads and checks a new payout. INFERRED are the texts, but for what a quote forbids, the source currency
 * and the length of the invoice number.
 */
export function readNewPayout(fields: Fields, account: SandboxAccount): PayoutRequest {
  const request = {
    beneficiaryId: fields.requiredId('beneficiary_id', BENEFICIARY.idPrefix),
    purposeCode: readPurpose(fields),
    way: fields.has('quote_id') ? readQuoted(fields) : readExchange(fields),
    requestId: readRequestId(fields),
    invoiceNumber: readInvoiceNumber(fields),
    documents: readDocuments(fields),
    notes: fields.notes('notes', RESERVED_NOTES),
  };
  fields.finish();
  assertRequiredNotes(request.notes, account);
  return request;
}

function readPurpose(fields: Fields): string {
  fields.require('purpose_code');
  return fields.oneOf('purpose_code', PAYOUT_PURPOSE_CODES) ?? '';
}

/** @throws {GatewayError} at once, in words that are documented alone. */
function readQuoted(fields: Fields): { readonly quoteId: string } {
  const fixed = QUOTED.find((name) => fields.has(name));
  if (fixed !== undefined) {
    throw GatewayError.badRequest(`${fixed} cannot be specified when quote_id is present`);
  }
  return { quoteId: fields.requiredId('quote_id', QUOTE.idPrefix) };
}

function readExchange(fields: Fields): Exchange & { readonly rail: Rail } {
  const exchange = {
    source: fields.requiredOneOf('source_currency', CURRENCIES, 'is not supported'),
    destination: fields.requiredOneOf(
      'destination_currency',
      DESTINATION_CURRENCIES,
      'is not supported',
    ),
    sourceAmount: fields.integer('source_amount', 1),
    destinationAmount: fields.integer('destination_amount', 1),
    rail: fields.oneOf('payment_rail', RAILS) ?? 'swift',
  };
  if (fields.has('source_amount') === fields.has('destination_amount')) {
    fields.problem('Exactly one of source amount and destination amount must be present');
  }
  return exchange;
}

function readInvoiceNumber(fields: Fields): string | null {
  const number = fields.text('invoice_number') ?? null;
  if ((number?.length ?? 0) > 50) fields.problem('Invoice number must be 50 characters or less');
  return number;
}

/** INFERRED: they are not looked up. */
function readDocuments(fields: Fields): string[] {
  const ids = fields.texts('documents') ?? [];
  if (!ids.every((id) => /^doc_[A-Za-z0-9]+$/.test(id))) fields.problem('Documents are invalid');
  return ids;
}
