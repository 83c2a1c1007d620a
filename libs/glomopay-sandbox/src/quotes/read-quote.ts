import type { SandboxAccount } from '../account.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Fields } from '../http/fields.js';
import { CURRENCIES } from '../money/money.js';
import { refuseSplits } from '../payments/read-payment.js';
import { QUOTED_METHODS, QUOTE_RESOURCES, QUOTE_SUBTYPES } from './quote.js';
import type { QuotedMethod, QuoteResource, QuoteSubtype } from './quote.js';
import { hasLocalRails } from './rails.js';

/** A checked `POST /quotes` body. One of the two amounts is there. */
export interface QuoteRequest {
  readonly resource: QuoteResource;
  readonly source: string;
  readonly destination: string;
  readonly sourceAmount: number | undefined;
  readonly destinationAmount: number | undefined;
  readonly method: QuotedMethod;
  readonly subtype: QuoteSubtype;
}

/** Reads and checks the body of `POST /quotes`. Texts are INFERRED but the one about local transfers. */
export function readQuoteRequest(
  fields: Fields,
  { splits }: Pick<SandboxAccount, 'splits'>,
): QuoteRequest {
  const resource = fields.requiredOneOf('resource', QUOTE_RESOURCES);
  const source = fields.requiredText('source_currency');
  const destination = fields.requiredText('destination_currency');
  const sourceAmount = fields.integer('source_amount', 1);
  const destinationAmount = fields.integer('destination_amount', 1);
  if ((sourceAmount === undefined) === (destinationAmount === undefined)) {
    fields.problem('Exactly one of source amount and destination amount must be present');
  }
  const { method, subtype } = readMethod(fields, resource);
  refuseSplits(fields, splits);
  fields.finish();
  const request = {
    resource,
    source,
    destination,
    sourceAmount,
    destinationAmount,
    method,
    subtype,
  };
  assertServed(request);
  return request;
}

/** Both spellings are taken: which one the gateway wants is open (docs/gateway.md, Quotes). */
function readMethod(fields: Fields, resource: QuoteResource) {
  const isOlder = fields.has('method') && !fields.has('payment_method');
  const [name, type] = isOlder
    ? (['method', 'payment_method'] as const)
    : (['payment_method', 'type'] as const);
  const sent = fields.object(name);
  if (!fields.has(name)) fields.problem("Payment method can't be blank");
  if (sent && !sent.has(type)) sent.problem("Payment method type can't be blank");
  const method = sent?.oneOf(type, QUOTED_METHODS);
  const subtype = sent?.oneOf('subtype', QUOTE_SUBTYPES);
  if (sent && resource === 'payout' && !sent.has('subtype')) {
    sent.problem("Payment method subtype can't be blank");
  }
  return { method: method ?? 'bank_transfer', subtype: subtype ?? 'local_transfer' } as const;
}

function assertServed({ resource, subtype, destination }: QuoteRequest): void {
  if (resource === 'payin' && !CURRENCIES.some((currency) => currency === destination)) {
    throw GatewayError.badRequest('Currency not supported');
  }
  if (resource === 'payout' && subtype === 'local_transfer' && !hasLocalRails(destination)) {
    throw GatewayError.badRequest(
      `local_transfer is not supported for ${destinationWord(destination)} destination`,
    );
  }
}

/** No received text is repeated unless it has the form of a currency. */
function destinationWord(destination: string): string {
  return /^[A-Z]{3}$/.test(destination) ? destination : 'this';
}
