import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { CURRENCIES } from './money.js';
import type { Currency } from './money.js';

/** Reads `amount`: whole minor units, 1 or more. */
export function readAmount(fields: Fields): number {
  fields.require('amount');
  return fields.integer('amount', 1) ?? 0;
}

/** Reads `currency`. @throws {GatewayError} at once for one that is not collected: that text is documented alone. */
export function readCurrency(fields: Fields): Currency {
  const currency = fields.requiredText('currency');
  const supported = CURRENCIES.find((candidate) => candidate === currency);
  if (supported === undefined && currency) throw GatewayError.badRequest('Currency not supported');
  return supported ?? 'USD';
}
