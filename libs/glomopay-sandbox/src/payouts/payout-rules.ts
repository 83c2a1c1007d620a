import type { Beneficiary } from '../beneficiaries/beneficiary.js';
import type { Book } from '../books/book.js';
import { GatewayError } from '../http/gateway-error.js';
import { amountsOf, feesOf } from '../quotes/amounts.js';
import type { Quote } from '../quotes/quote.js';
import type { Rail } from '../quotes/rail.js';
import { goesTo, railsFor } from '../quotes/rails.js';
import { CURRENCIES } from '../money/money.js';
import type { Rates } from '../money/rates.js';
import { isPayableBy } from './payable-by.js';
import type { Payout } from './payout.js';
import { REPATRIATION_CODE } from './purpose-codes.js';
import type { PayoutRequest } from './read-payout.js';

/** What a payout comes to. */
export type PayoutTerms = Pick<
  Payout,
  | 'source_amount'
  | 'source_currency'
  | 'destination_amount'
  | 'destination_currency'
  | 'mid_market_rate'
  | 'fees'
  | 'payment_rail'
  | 'quote_id'
>;

/**
 * The beneficiary that is paid.
 *
 * @throws {GatewayError} 400 for an unknown one (INFERRED), and one that is not active.
 */
export function payeeOf(id: string, beneficiaries: Book<Beneficiary>): Beneficiary {
  const payee = beneficiaries.get(id);
  if (!payee) throw GatewayError.badRequest('Beneficiary not found');
  // Only parts of these two texts are documented.
  if (payee.status === 'pending') {
    throw GatewayError.badRequest('Beneficiary verification is pending');
  }
  if (payee.status === 'rejected') throw GatewayError.badRequest('Beneficiary has been rejected');
  return payee;
}

/** @throws {GatewayError} 400 when the rail does not lead there. */
export function termsOf(
  request: PayoutRequest,
  payee: Beneficiary,
  { quote, rates }: { readonly quote: Quote | undefined; readonly rates: Rates },
): PayoutTerms {
  const terms = quote ? quoted(quote, payee) : agreed(request, payee, rates);
  assertPurpose(request, terms);
  return terms;
}

function quoted(quote: Quote, payee: Beneficiary): PayoutTerms {
  const { source_currency, destination_currency, source_amount, destination_amount } = quote;
  const { payment_rail: rail } = quote.method;
  if (!CURRENCIES.some((known) => known === source_currency)) {
    throw GatewayError.badRequest('Currency not supported');
  }
  if (rail === null || !isPaid(payee, rail)) {
    throw GatewayError.badRequest('Quote is not compatible with the selected beneficiary');
  }
  const { fx_fee, txn_fee } = quote.fees;
  return {
    source_amount,
    source_currency,
    destination_amount,
    destination_currency,
    mid_market_rate: { currency: destination_currency, rate: quote.fx_rate },
    fees: { fx_fee, txn_fee },
    payment_rail: rail,
    quote_id: quote.id,
  };
}

function agreed({ way }: PayoutRequest, payee: Beneficiary, rates: Rates): PayoutTerms {
  if ('quoteId' in way) throw GatewayError.badRequest('quote_id not found');
  const { source, destination, rail } = way;
  // INFERRED text.
  if (!goesTo(rail, destination)) {
    throw GatewayError.badRequest(`${rail} is not supported for ${destination} destination`);
  }
  if (!isPaid(payee, rail)) {
    throw GatewayError.badRequest('No rails available for this beneficiary');
  }
  const amounts = amountsOf(way, rates);
  assertWithinLimit(rail, amounts.destination_amount, destination);
  return {
    ...amounts,
    source_currency: source,
    destination_currency: destination,
    mid_market_rate: { currency: destination, rate: rates.find(source, destination) ?? 1 },
    fees: feesOf({ amount: amounts.source_amount, currency: source }, destination),
    payment_rail: rail,
    quote_id: null,
  };
}

/** INFERRED: a beneficiary of remittances is no payee of payouts. */
function isPaid(payee: Beneficiary, rail: Rail): boolean {
  return payee.category === 'payout' && isPayableBy(rail, payee);
}

/** INFERRED text. */
function assertWithinLimit(rail: Rail, amount: number, currency: string): void {
  if (rail === 'swift') return;
  if (railsFor('local_transfer', { amount, currency }).includes(rail)) return;
  throw GatewayError.badRequest(`Amount exceeds maximum limit of ${rail}`);
}

/** INFERRED text. A repatriation is by neft, from dollars to rupees, without a quote. */
function assertPurpose({ purposeCode, way }: PayoutRequest, terms: PayoutTerms): void {
  if (purposeCode !== REPATRIATION_CODE) return;
  const { source_currency, destination_currency, payment_rail } = terms;
  const isRepatriation =
    source_currency === 'USD' &&
    destination_currency === 'INR' &&
    payment_rail === 'neft' &&
    !('quoteId' in way) &&
    way.sourceAmount !== undefined;
  if (!isRepatriation) {
    throw GatewayError.badRequest(
      'P0001 is not a valid purpose code for the selected payment rail',
    );
  }
}
