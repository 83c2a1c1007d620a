import { newId } from '../books/object-id.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Money } from '../money/money.js';
import type { Rates } from '../money/rates.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { LRS_QUOTE, sideIn } from './lrs-quote.js';
import type { LrsQuote, LrsQuoteRecord } from './lrs-quote.js';
import type { LrsQuoteRequest } from './read-lrs-quote.js';

/** Documented of payouts; INFERRED of payins. */
const GOOD_FOR_MS = 30 * 60_000;

/** INFERRED: what the tax of the published sample comes to, of what is exchanged, at every amount. */
const TAX_SHARE = 0.0018;

/** INFERRED: the bounds that the published refusals name, for every bank. In cents. */
const LEAST: Money = { amount: 1_000, currency: 'USD' };
const MOST: Money = { amount: 5_000_000, currency: 'USD' };

/**
 * The quote that a request gets.
 *
 * @throws {GatewayError} 422 without a rate; 400 for an amount that the bank does not take, or of which
 *   nothing would arrive.
 */
export function newLrsQuote(
  request: LrsQuoteRequest,
  { clock, rates }: { readonly clock: Clock; readonly rates: Rates },
): LrsQuoteRecord {
  const rate = rates.find('USD', 'INR');
  if (rate === undefined) throw GatewayError.unprocessable('No active exchange rate found');
  const id = newId(LRS_QUOTE.idPrefix, clock);
  const created_at = timestamp(clock);
  const quote: LrsQuote = {
    id,
    ...exchanged(request, rate),
    fx_rate: String(rate),
    bank_code: request.bankCode,
    expires_at: new Date(clock.now() + GOOD_FOR_MS).toISOString(),
    created_at,
  };
  if (request.resource === 'payin') assertWithinLimits(quote);
  if (quote.to.amount < 1) throw GatewayError.badRequest('No available options for this amount');
  return { id, created_at, quote, usedBy: null };
}

/** INFERRED but for rupees that buy dollars: the tax comes on top of what dollars cost, and off a payout. */
function exchanged({ resource, source, sourceAmount }: LrsQuoteRequest, rate: number) {
  const from = { amount: sourceAmount, currency: source };
  if (source === 'INR') {
    const net = Math.round(sourceAmount / (1 + TAX_SHARE));
    const to = { amount: Math.floor(net / rate), currency: 'USD' };
    return { from, to, total_tax: sourceAmount - net };
  }
  const net = Math.round(sourceAmount * rate);
  const total_tax = Math.round(net * TAX_SHARE);
  const rupees = resource === 'payin' ? net + total_tax : net - total_tax;
  return { from, to: { amount: rupees, currency: 'INR' }, total_tax };
}

function assertWithinLimits(quote: LrsQuote): void {
  const { amount } = sideIn('USD', quote);
  if (amount < LEAST.amount) {
    throw GatewayError.badRequest(
      `Amount ${shown(quote.from)} is below minimum limit. (Minimum limit is ${shown(LEAST)})`,
    );
  }
  if (amount > MOST.amount) {
    throw GatewayError.badRequest(
      `Amount ${shown(quote.from)} exceeds maximum limit. (Maximum limit is ${shown(MOST)})`,
    );
  }
}

/** `5,000,000.00 INR`. */
function shown({ amount, currency }: Money): string {
  const units = (amount / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
  return `${units} ${currency}`;
}
