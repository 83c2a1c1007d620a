import { newId } from '../books/object-id.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Rates } from '../money/rates.js';
import { referralFee } from '../prices/referral-fee.js';
import type { Price } from '../prices/price.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { QUOTE } from './quote.js';
import type { QuoteRecord } from './quote.js';
import { railsFor } from './rails.js';
import type { QuoteRequest } from './read-quote.js';
import { amountsOf, feesOf } from './amounts.js';

const GOOD_FOR_MS = 30 * 60_000;

/** What quotes are made from. */
export interface QuoteMarket {
  readonly clock: Clock;
  readonly rates: Rates;
  /** The default one. */
  readonly price: Price | undefined;
}

/** The quotes that a request gets: one of a payin, one for each rail of a payout that fits. */
export function newQuotes(request: QuoteRequest, market: QuoteMarket): QuoteRecord[] {
  const { resource, method, subtype, source, destination } = request;
  const { clock, rates, price } = market;
  const rate = rates.find(source, destination);
  // INFERRED text.
  if (rate === undefined) throw GatewayError.badRequest('Currency not supported');
  const locked = amountsOf(request, rates);
  const rails =
    resource === 'payin'
      ? [null]
      : railsFor(subtype, { amount: locked.destination_amount, currency: destination });
  const created_at = timestamp(clock);
  const expires_at = new Date(clock.now() + GOOD_FOR_MS).toISOString();
  return rails.map((payment_rail) => {
    const id = newId(QUOTE.idPrefix, clock);
    const paid = { amount: locked.source_amount, currency: source };
    const quote = {
      id,
      resource,
      expires_at,
      method: { payment_method: method, subtype, payment_rail },
      source_currency: source,
      destination_currency: destination,
      fx_rate: rate,
      ...locked,
      fees: {
        ...feesOf(paid, destination),
        ...(price && { referral_fee: referralFee(price, paid) }),
      },
    };
    return { id, created_at, quote, usedBy: null };
  });
}
