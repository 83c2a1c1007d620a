import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';

const QUOTED = ['amount', 'currency', 'price_id', 'payment_methods'];

/**
 * Refuses what a card order on this account cannot use, in the gateway's words where they are
 * documented: no quote, price or split exists here, so each one named is an unknown one.
 */
export function refuseUnavailableFeatures(fields: Fields): void {
  if (fields.has('quote_id')) refuseQuote(fields);
  // INFERRED texts from here on.
  if (fields.has('lrs')) throw GatewayError.forbidden('LRS is not enabled for your account');
  if (fields.has('price_id')) throw GatewayError.badRequest('price_id not found');
  if (fields.has('split_ids')) {
    throw GatewayError.validation(['Split ids are invalid or no longer point at a dynamic rule']);
  }
}

function refuseQuote(fields: Fields): never {
  const forbidden = QUOTED.find((name) => fields.has(name));
  if (forbidden) {
    throw GatewayError.badRequest(`${forbidden} cannot be specified when quote_id is present`);
  }
  if (fields.has('split_ids')) {
    throw GatewayError.validation(['Split ids cannot be specified when quote_id is present']);
  }
  throw GatewayError.badRequest('quote_id not found');
}
