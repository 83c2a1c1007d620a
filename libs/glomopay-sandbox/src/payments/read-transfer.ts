import type { Fields } from '../http/fields.js';

/** A checked `POST /payment/mock` body. */
export interface Transfer {
  readonly amount: number;
  readonly currency: string;
  /** Null where nobody knows what it is for. */
  readonly payinId: string | null;
  readonly remitterName: string | null;
}

const SMALLEST = 100;
const REMITTERS = ['Sanctioned_Entity', 'Non_Sanctioned_Entity'] as const;

/** Reads and checks a mock transfer. INFERRED texts. */
export function readTransfer(fields: Fields): Transfer {
  fields.require('amount');
  const payinId = fields.text('payin_id', { pattern: /^(order|plink|addfunds)_[A-Za-z0-9]+$/ });
  const method = fields.oneOf('payment_method', ['BankTransfer']);
  if (!fields.has('payin_id') && !fields.has('payment_method')) {
    fields.problem("Payin id can't be blank");
  }
  if (payinId !== undefined && method !== undefined) {
    fields.problem('Payin id and payment method cannot both be present');
  }
  const transfer = {
    amount: fields.integer('amount', SMALLEST) ?? 0,
    currency: fields.requiredText('currency', { pattern: /^[A-Z]{3}$/ }),
    payinId: payinId ?? null,
    remitterName: fields.oneOf('remitter_name', REMITTERS) ?? null,
  };
  fields.finish();
  return transfer;
}
