import type { Money } from '../../values/money.js';
import { looseInteger, looseObject, looseObjects, looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';
import { readFees, readMoney, type Fees } from '../parts/money.js';

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

export function readPaymentFees(fees: WireObject): PaymentFees {
  return { ...readFees(fees), referralFee: fees.read('referral_fee', looseObject(readMoney)) };
}

export function readFeeBreakdown(fees: WireObject): FeeBreakdown {
  const entries = looseObjects(readFeeEntry);
  return {
    fxFee: fees.read('fx_fee', entries),
    txnFee: fees.read('txn_fee', entries),
    referralFee: fees.read('referral_fee', entries),
  };
}

function readFeeEntry(fee: WireObject): FeeEntry {
  return {
    ...readMoney(fee),
    bearer: fee.read('bearer', looseText),
    collectionMode: fee.read('collection_mode', looseText),
    taxes: fee.read('taxes', looseObjects(readTaxLine)),
  };
}

function readTaxLine(tax: WireObject): TaxLine {
  return {
    ...readMoney(tax),
    name: tax.read('name', looseText),
    bps: tax.read('bps', looseInteger),
  };
}
