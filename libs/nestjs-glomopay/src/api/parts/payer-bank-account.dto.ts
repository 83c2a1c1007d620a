import { IsOptional, IsString } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { CallSecret } from '../../logging/scrub.js';
import { RequiredUnless } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';

/** The payer's bank account to link to the customer; at least one of the two codes. */
export interface PayerBankAccountInput {
  readonly accountNumber: string;
  /** SWIFT code. */
  readonly bicPrimary?: string | undefined;
  /** Local routing code, such as an IFSC. */
  readonly bicSecondary?: string | undefined;
  readonly bankCustomerId?: string | undefined;
}

/** `bank_account_details` of an order or a payment link. */
@Named('PayerBankAccountDto')
export class PayerBankAccountDto implements PayerBankAccountInput {
  @Wire('account_number')
  @IsString()
  accountNumber!: string;

  @Wire('bic_primary')
  @RequiredUnless('bicSecondary')
  @IsString()
  bicPrimary?: string;

  @Wire('bic_secondary')
  @IsOptional()
  @IsString()
  bicSecondary?: string;

  @Wire('bank_customer_id')
  @IsOptional()
  @IsString()
  bankCustomerId?: string;
}

/**
 * The account number in a body, so that no text shows it. A longer one is left out: it is removed from
 * texts as anything that looks like a card number, and stays whole in the object that is answered.
 */
export function payerSecrets(body: Readonly<Record<string, unknown>>): readonly CallSecret[] {
  const details: unknown = body['bank_account_details'];
  if (typeof details !== 'object' || details === null) return [];
  const text: unknown = Reflect.get(details, 'account_number');
  return typeof text === 'string' && text.length < 16 ? [{ text, kind: 'text' }] : [];
}
