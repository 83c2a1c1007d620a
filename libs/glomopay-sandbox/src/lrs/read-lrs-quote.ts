import type { Fields } from '../http/fields.js';
import { readBankCode, type LrsAccount } from './banks.js';

const LRS_CURRENCIES = ['INR', 'USD'] as const;

type LrsCurrency = (typeof LRS_CURRENCIES)[number];

/** A checked `POST /lrs/quotes` body. */
export interface LrsQuoteRequest {
  readonly resource: 'payin' | 'payout';
  readonly bankCode: string | null;
  readonly sourceAmount: number;
  readonly source: LrsCurrency;
  readonly target: LrsCurrency;
}

/** Reads and checks the body of `POST /lrs/quotes`. */
export function readLrsQuoteRequest(fields: Fields, account: LrsAccount): LrsQuoteRequest {
  const resource = fields.oneOf('resource', ['payin', 'payout']) ?? 'payin';
  const request: LrsQuoteRequest = {
    resource,
    bankCode: resource === 'payin' ? readBankCode(fields, account) : null,
    sourceAmount: readSourceAmount(fields),
    source: fields.requiredOneOf('source_currency', LRS_CURRENCIES, 'is not supported'),
    target: fields.requiredOneOf('target_currency', LRS_CURRENCIES, 'is not supported'),
  };
  const from = fields.any('source_currency');
  if (from !== undefined && from === fields.any('target_currency')) {
    fields.problem('source_currency and target_currency cannot be the same');
  }
  if (resource === 'payout') {
    if (fields.text('bank_code') !== undefined) {
      fields.problem('Bank code is not supported for payout quotes');
    }
    if (request.source !== 'USD') {
      fields.problem('payout quotes are only supported from USD to INR');
    }
  }
  fields.finish();
  return request;
}

/** A whole number, or a text of digits. */
function readSourceAmount(fields: Fields): number {
  fields.require('source_amount');
  const sent = fields.any('source_amount');
  const isText = typeof sent === 'string' && /^\d{1,15}$/.test(sent);
  const amount = isText ? Number(sent) : sent;
  if (typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 1) return amount;
  if (sent !== undefined) fields.problem('Source amount must be an integer');
  return 0;
}
