import { newId } from '../books/object-id.js';
import type { SandboxAccount } from '../account.js';
import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { assertRequiredNotes } from '../required-notes.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { isIban } from './iban.js';
import { BENEFICIARY, BENEFICIARY_CATEGORIES, BENEFICIARY_TYPES } from './beneficiary.js';
import type { Address, Beneficiary, BeneficiaryBankAccount } from './beneficiary.js';

const SWIFT = { pattern: /^[A-Z]{6}[A-Z0-9]*$/ };
const ALPHA3 = { pattern: /^[A-Z]{3}$/ };
/** In these an IBAN alone is enough for a payout. */
const IBAN_CURRENCIES = ['EUR', 'AED'];
const RESERVED_NOTES = ['id', 'status', 'category', 'created_at'];

/**
 * Reads and checks the body of `POST /api/v2/beneficiaries`. Most texts are INFERRED; those that are
 * documented stand without "Validation failed:".
 */
export function readBeneficiary(
  fields: Fields,
  { clock, account }: { readonly clock: Clock; readonly account: SandboxAccount },
): Beneficiary {
  const category = readCategory(fields);
  const payee = fields.object('beneficiary');
  fields.require('beneficiary');
  if (payee?.has('address') === false) payee.problem('Beneficiary address is required');
  if (fields.has('bank_account') === fields.has('upi_account')) {
    fields.problem('Exactly one of bank account and upi account must be present');
  }
  const now = timestamp(clock);
  const bank = readBankAccount(fields.object('bank_account'), category);
  const upi = fields.object('upi_account')?.requiredText('upi_id');
  const name = payee?.requiredText('name') ?? '';
  const beneficiary: Beneficiary = {
    id: newId(BENEFICIARY.idPrefix, clock),
    name,
    type: payee?.requiredOneOf('type', BENEFICIARY_TYPES) ?? 'individual',
    category,
    status: account.beneficiaryReview ? 'pending' : 'active',
    email: payee?.text('email') ?? null,
    phone: payee?.text('phone') ?? null,
    nickname: payee?.text('nickname') ?? `${name} - ${bank?.name ?? 'UPI'}`,
    address: readAddress(payee),
    bank_account: bank,
    upi_account: upi === undefined ? null : { upi_id: upi },
    documents: payee?.texts('documents') ?? [],
    notes: fields.notes('notes', RESERVED_NOTES),
    created_at: now,
    updated_at: now,
  };
  fields.finish((problems) => GatewayError.badRequest(problems.join(', ')));
  assertRequiredNotes(beneficiary.notes, account);
  return beneficiary;
}

/** @throws {GatewayError} at once, in words that are documented alone. */
function readCategory(fields: Fields): Beneficiary['category'] {
  const sent = fields.any('category');
  const category = BENEFICIARY_CATEGORIES.find((candidate) => candidate === sent);
  if (category !== undefined) return category;
  const words = 'Category must be one of: lrs, payout';
  throw GatewayError.badRequest(
    sent === undefined || sent === '' ? `Category can't be blank, ${words}` : words,
  );
}

function readBankAccount(
  fields: Fields | undefined,
  category: Beneficiary['category'],
): BeneficiaryBankAccount | null {
  if (!fields) return null;
  const swift = readSwiftCode(fields, category);
  const routing = fields.text('local_routing_number') ?? null;
  if (category === 'lrs') {
    if (routing === null) throw GatewayError.badRequest("Local routing number can't be blank");
    fields.requiredText('name');
  }
  const number = fields.requiredText('account_number');
  const currency = fields.requiredText('currency', ALPHA3);
  const codes = [swift, routing].filter((code) => code !== null).length;
  const isBare = codes === 0 && IBAN_CURRENCIES.includes(currency) && isIban(number);
  if (category === 'payout' && codes !== 1 && !isBare) {
    fields.problem('Exactly one of swift code and local routing number must be present');
  }
  return {
    account_number: number,
    // INFERRED: what the gateway finds out for a payout.
    name: fields.text('name') ?? 'Sandbox Bank',
    swift_code: swift,
    local_routing_number: routing,
    currency,
    address: fields.has('address') ? readAddress(fields) : null,
    intermediate_bank: fields.anyObject('intermediate_bank') ?? null,
  };
}

/** @throws {GatewayError} at once for its length: that text does not say whose code it is. */
function readSwiftCode(account: Fields, category: Beneficiary['category']): string | null {
  const code = account.text('swift_code', SWIFT) ?? null;
  const length = code?.length ?? 8;
  if (category === 'lrs' && length !== 8) {
    throw GatewayError.badRequest('Swift code must be 8 characters long');
  }
  if (length < 8 || length > 11) {
    throw GatewayError.badRequest('Swift code must be 8 to 11 characters long');
  }
  return code;
}

function readAddress(owner: Fields | undefined): Address {
  const sent = owner?.object('address');
  return {
    address_line1: sent?.requiredText('address_line1') ?? '',
    address_line2: sent?.text('address_line2') ?? null,
    city: sent?.requiredText('city') ?? '',
    state: sent?.requiredText('state') ?? '',
    country_code: sent?.requiredText('country_code', ALPHA3) ?? '',
    postal_code: sent?.text('postal_code') ?? null,
  };
}
