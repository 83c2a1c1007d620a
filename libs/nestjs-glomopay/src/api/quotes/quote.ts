import { instantMs } from '../../values/calendar.js';
import type { Money } from '../../values/money.js';
import type { OwnMembers } from '../../wire/own-members.js';
import {
  id,
  looseDecimal,
  looseObject,
  looseText,
  minorUnits,
  openText,
  text,
} from '../../wire/readers.js';
import { may, must, shape, type ObjectOf } from '../../wire/shape.js';
import type { WireReader } from '../../wire/wire-object.js';
import { looseMoney } from '../parts/money.js';

/** By what the money comes or goes. */
export interface QuoteMethod {
  /** `bank_transfer` or `pay_via_bank`. */
  readonly type: string | null;
  /** `local_transfer` or `swift_transfer`. */
  readonly subtype: string | null;
  /** Of a payout: `upi`, `imps`, `neft`, `rtgs`, `swift`, `ipp`, `fts`, `sepa`, `fps`, `npp`, … */
  readonly paymentRail: string | null;
}

/** What the quote takes. */
export interface QuoteFees {
  readonly txnFee: Money | null;
  readonly fxFee: Money | null;
  /** Where a price applies. */
  readonly referralFee: Money | null;
}

/** Published samples have `payment_method` for what requests call `type`. */
const quoteMethod: WireReader<QuoteMethod | null> = looseObject((method: OwnMembers) => ({
  type: looseText(method.payment_method) ?? looseText(method.type),
  subtype: looseText(method.subtype),
  paymentRail: looseText(method.payment_rail),
}));

/** What is agreed on is checked: both amounts with their currencies, and until when. */
export const quoteShape = shape('quote', {
  id: must('id', id('quote')),
  resource: must('resource', openText<'payin' | 'payout' | (string & {})>()),
  /** ISO 8601, UTC: half an hour after it was made. */
  expiresAt: must('expires_at', text),
  method: may('method', quoteMethod, 'payment_method'),
  sourceCurrency: must('source_currency', text),
  /** Minor units of `sourceCurrency`. */
  sourceAmount: must('source_amount', minorUnits),
  destinationCurrency: must('destination_currency', text),
  /** Minor units of `destinationCurrency`. */
  destinationAmount: must('destination_amount', minorUnits),
  /** A decimal, to be shown and not to be reckoned with: the two amounts are what was agreed on. */
  fxRate: may('fx_rate', looseDecimal),
  fees: may(
    'fees',
    looseObject((fees): QuoteFees => ({
      txnFee: looseMoney(fees.txn_fee),
      fxFee: looseMoney(fees.fx_fee),
      referralFee: looseMoney(fees.referral_fee),
    })),
  ),
});

/** Rate, fees, method and both amounts, locked until it expires, for one order, payment link or payout. */
export interface Quote extends ObjectOf<typeof quoteShape> {}

/** When a quote is to be used. */
export interface QuoteUse {
  /** @defaultValue the time of this machine */
  readonly now?: Date | undefined;
  /** How long it has to be good for still, in milliseconds. @defaultValue 30000 */
  readonly marginMs?: number | undefined;
}

/**
 * Tells whether a quote is still good for a while. It asks nobody: whether the quote was used already, the
 * gateway alone knows. False for an expiry that cannot be read.
 *
 * One that has run out is not to be replaced silently: another one has other amounts, and the customer
 * agreed to these.
 */
export function isUsableQuote(
  { expiresAt }: Pick<Quote, 'expiresAt'>,
  { now = new Date(), marginMs = 30_000 }: QuoteUse = {},
): boolean {
  const expires = instantMs(expiresAt);
  return expires !== undefined && expires - now.getTime() >= Math.max(1, marginMs);
}
