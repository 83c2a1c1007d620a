import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { CURRENCIES } from '../money/money.js';
import type { Currency } from '../money/money.js';
import { VIRTUAL_PAYMENT_TYPES } from './virtual-account.js';
import type { VirtualPaymentType } from './virtual-account.js';

/** Which account is meant. A merchant has one of each type and currency. */
export interface AccountKey {
  readonly paymentType: VirtualPaymentType;
  readonly currency: Currency;
}

/** Reads which account is meant, of a body or a query. @throws {GatewayError} in documented words where one is missing. */
export function readAccountKey(fields: Fields): AccountKey {
  if (['payment_type', 'currency'].some((name) => fields.any(name) === undefined)) {
    throw GatewayError.badRequest('Missing Required parameters');
  }
  const paymentType = fields.requiredOneOf('payment_type', VIRTUAL_PAYMENT_TYPES);
  // INFERRED: the currencies that orders collect in.
  const currency = fields.requiredOneOf('currency', CURRENCIES);
  fields.finish();
  return { paymentType, currency };
}
