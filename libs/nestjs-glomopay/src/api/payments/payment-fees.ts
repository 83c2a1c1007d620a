import type { Money } from '../../values/money.js';
import { looseInteger, looseObjects, looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';
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
  amount: tax.read('amount', looseInteger),
  currency: tax.read('currency', looseText),
  name: tax.read('name', looseText),
  bps: tax.read('bps', looseInteger),
}));

const feeEntries = looseObjects<FeeEntry>((fee) => ({
  amount: fee.read('amount', looseInteger),
  currency: fee.read('currency', looseText),
  bearer: fee.read('bearer', looseText),
  collectionMode: fee.read('collection_mode', looseText),
  taxes: fee.read('taxes', taxLines),
}));

export function readPaymentFees(fees: WireObject): PaymentFees {
  return {
    fxFee: fees.read('fx_fee', looseMoney),
    txnFee: fees.read('txn_fee', looseMoney),
    referralFee: fees.read('referral_fee', looseMoney),
  };
}

export function readFeeBreakdown(fees: WireObject): FeeBreakdown {
  return {
    fxFee: fees.read('fx_fee', feeEntries),
    txnFee: fees.read('txn_fee', feeEntries),
    referralFee: fees.read('referral_fee', feeEntries),
  };
}
