import type { Money } from '../../values/money.js';
import type { OwnMembers } from '../../wire/own-members.js';
import { looseInteger, looseObjects, looseText } from '../../wire/readers.js';
import { looseMoney, type Fees } from '../parts/money.js';

/** What was taken for a payment, in sums. The gateway prefers {@link FeeBreakdown}. */
export interface PaymentFees extends Fees {
  readonly referralFee: Money | null;
}

/** What was taken for a payment, entry by entry. */
export interface FeeBreakdown {
  readonly fxFee: readonly FeeEntry[];
  readonly txnFee: readonly FeeEntry[];
  readonly referralFee: readonly FeeEntry[];
}

/** One fee. */
export interface FeeEntry extends Money {
  /** `customer` or `merchant`. */
  readonly bearer: string | null;
  /** `immediate` or `deferred`; a fee that the customer bears is immediate. */
  readonly collectionMode: string | null;
  readonly taxes: readonly TaxLine[];
}

/** A tax on a fee. */
export interface TaxLine extends Money {
  /** `GST`, … */
  readonly name: string | null;
  /** Its rate in basis points: 1800 is 18 %. */
  readonly bps: number | null;
}

/*
 * A page has thousands of these objects, so each is written out whole and its readers are made once: to
 * spread one object into another costs several times as much.
 */

const taxLines = looseObjects<TaxLine>((tax) => ({
  amount: looseInteger(tax.amount),
  currency: looseText(tax.currency),
  name: looseText(tax.name),
  bps: looseInteger(tax.bps),
}));

const feeEntries = looseObjects<FeeEntry>((fee) => ({
  amount: looseInteger(fee.amount),
  currency: looseText(fee.currency),
  bearer: looseText(fee.bearer),
  collectionMode: looseText(fee.collection_mode),
  taxes: taxLines(fee.taxes),
}));

export function readPaymentFees(fees: OwnMembers): PaymentFees {
  return {
    fxFee: looseMoney(fees.fx_fee),
    txnFee: looseMoney(fees.txn_fee),
    referralFee: looseMoney(fees.referral_fee),
  };
}

export function readFeeBreakdown(fees: OwnMembers): FeeBreakdown {
  return {
    fxFee: feeEntries(fees.fx_fee),
    txnFee: feeEntries(fees.txn_fee),
    referralFee: feeEntries(fees.referral_fee),
  };
}
