import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';

/** A checked `POST /balance_conversions` body: one of the two amounts is set. */
export interface ConversionRequest {
  readonly source: string;
  readonly target: string;
  readonly sourceAmount: number | undefined;
  readonly targetAmount: number | undefined;
}

const CURRENCY = { pattern: /^[A-Z]{3}$/ };

/** Reads and checks a conversion. But for both amounts at once the texts are INFERRED. */
export function readConversion(fields: Fields): ConversionRequest {
  if (fields.has('source_amount') && fields.has('target_amount')) {
    throw GatewayError.badRequest('You can only send source_amount or target_amount, not both.');
  }
  if (!fields.has('source_amount') && !fields.has('target_amount')) {
    fields.problem("Source amount can't be blank");
  }
  const request = {
    source: fields.requiredText('source_currency', CURRENCY),
    target: fields.requiredText('target_currency', CURRENCY),
    sourceAmount: fields.integer('source_amount', 1),
    targetAmount: fields.integer('target_amount', 1),
  };
  if (request.source && request.source === request.target) {
    fields.problem('Target currency must differ from source currency');
  }
  fields.finish();
  return request;
}
