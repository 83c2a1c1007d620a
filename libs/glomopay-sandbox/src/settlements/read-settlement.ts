import type { Fields } from '../http/fields.js';
import { CURRENCIES } from '../money/money.js';
import type { Money } from '../money/money.js';
import { GatewayError } from '../http/gateway-error.js';

/** What a merchant wants settled: so much of its balance, or these payments. */
export type SettlementRequest = { readonly money: Money } | { readonly paymentIds: string[] };

/** Reads and checks `POST /settlements`. But for that about the currency the texts are INFERRED. */
export function readSettlement(fields: Fields): SettlementRequest {
  return fields.has('payment_ids') ? readPayments(fields) : readMoney(fields);
}

function readPayments(fields: Fields): SettlementRequest {
  const paymentIds = fields.texts('payment_ids') ?? [];
  const isNamed = paymentIds.every((id) => /^payt_[A-Za-z0-9]+$/.test(id));
  if (!isNamed || new Set(paymentIds).size !== paymentIds.length) {
    fields.problem('Payment ids are invalid');
  }
  if (paymentIds.length === 0) fields.problem("Payment ids can't be blank");
  if (fields.has('amount') || fields.has('balance_currency')) {
    fields.problem('Amount and payment ids cannot both be present');
    fields.any('amount');
    fields.any('balance_currency');
  }
  fields.finish();
  return { paymentIds };
}

function readMoney(fields: Fields): SettlementRequest {
  fields.require('amount');
  const amount = fields.integer('amount', 1) ?? 0;
  const sent = fields.requiredText('balance_currency');
  const currency = CURRENCIES.find((known) => known === sent);
  fields.finish();
  if (currency === undefined) {
    throw GatewayError.validation(['currency is not a valid currency']);
  }
  return { money: { amount, currency } };
}
