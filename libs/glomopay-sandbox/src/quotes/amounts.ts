import { GatewayError } from '../http/gateway-error.js';
import type { Money } from '../money/money.js';
import type { Rates } from '../money/rates.js';
import type { QuoteFees } from './quote.js';

/** What each of the two fees takes of the source, as in the published sample. */
const FEE_PERCENT = 1;

/** What goes from one currency to another: one of the two amounts is there. */
export interface Exchange {
  readonly source: string;
  readonly destination: string;
  readonly sourceAmount: number | undefined;
  readonly destinationAmount: number | undefined;
}

/** Both sides of an exchange, in minor units of their currencies. */
export interface Amounts {
  readonly source_amount: number;
  readonly destination_amount: number;
}

/**
 * INFERRED: fees are taken of the source, as in the published sample, and what is left is converted.
 *
 * @throws {GatewayError} 400, in an INFERRED text, when nothing would arrive.
 */
export function amountsOf(exchange: Exchange, rates: Rates): Amounts {
  const { source, destination, sourceAmount, destinationAmount } = exchange;
  const share = (100 - FEE_PERCENT * (source === destination ? 1 : 2)) / 100;
  if (sourceAmount !== undefined) {
    const left = { amount: Math.floor(sourceAmount * share), currency: source };
    const arrives = rates.convert(left, destination);
    return checked(sourceAmount, arrives?.amount);
  }
  const wanted = { amount: destinationAmount ?? 0, currency: destination };
  const needed = Math.ceil(wanted.amount / (rates.find(source, destination) ?? 1) / share);
  return checked(needed, wanted.amount);
}

/** What is taken of a source; the rate costs nothing where there is none. */
export function feesOf(paid: Money, destination: string): Pick<QuoteFees, 'txn_fee' | 'fx_fee'> {
  return {
    txn_fee: percentOf(paid),
    fx_fee: paid.currency === destination ? { ...paid, amount: 0 } : percentOf(paid),
  };
}

function checked(source_amount: number, destination_amount: number | undefined): Amounts {
  if (!destination_amount || !Number.isSafeInteger(source_amount)) {
    throw GatewayError.badRequest('No available options for this amount');
  }
  return { source_amount, destination_amount };
}

function percentOf({ amount, currency }: Money): Money {
  return { amount: Math.round((amount * FEE_PERCENT) / 100), currency };
}
