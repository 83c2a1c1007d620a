import { newId } from '../books/object-id.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Money } from '../money/money.js';
import type { Rates } from '../money/rates.js';
import { referralFee } from '../prices/referral-fee.js';
import type { Price } from '../prices/price.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { QUOTE } from './quote.js';
import type { QuoteRecord } from './quote.js';
import { railsFor } from './rails.js';
import type { QuoteRequest } from './read-quote.js';

const GOOD_FOR_MS = 30 * 60_000;

/** What each of the two fees takes of the source, as in the published sample. */
const FEE_PERCENT = 1;

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
        txn_fee: percentOf(paid),
        fx_fee: source === destination ? { ...paid, amount: 0 } : percentOf(paid),
        ...(price && { referral_fee: referralFee(price, paid) }),
      },
    };
    return { id, created_at, quote, usedBy: null };
  });
}

/** INFERRED: fees are taken of the source, as in the published sample, and what is left is converted. */
function amountsOf(request: QuoteRequest, rates: Rates) {
  const { source, destination, sourceAmount, destinationAmount } = request;
  const share = (100 - FEE_PERCENT * (source === destination ? 1 : 2)) / 100;
  if (sourceAmount !== undefined) {
    const left = { amount: Math.floor(sourceAmount * share), currency: source };
    const arrives = rates.convert(left, destination);
    return amounts(sourceAmount, arrives?.amount);
  }
  const wanted = { amount: destinationAmount ?? 0, currency: destination };
  const needed = Math.ceil(wanted.amount / (rates.find(source, destination) ?? 1) / share);
  return amounts(needed, wanted.amount);
}

/** INFERRED text. */
function amounts(source_amount: number, destination_amount: number | undefined) {
  if (!destination_amount || !Number.isSafeInteger(source_amount)) {
    throw GatewayError.badRequest('No available options for this amount');
  }
  return { source_amount, destination_amount };
}

function percentOf({ amount, currency }: Money): Money {
  return { amount: Math.round((amount * FEE_PERCENT) / 100), currency };
}
