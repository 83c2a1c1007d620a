import { looseObject } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';
import type { Money } from '../../values/money.js';
import { readMoney } from '../parts/money.js';

/** What a refund costs you. */
export interface RefundFees {
  readonly fxFees: Money | null;
  readonly txnFees: Money | null;
}

const money = looseObject(readMoney);

/** Reads the fees; an older description has their names in the singular. */
export function readRefundFees(fees: WireObject): RefundFees {
  return {
    fxFees: fees.read('fx_fees', money) ?? fees.read('fx_fee', money),
    txnFees: fees.read('txn_fees', money) ?? fees.read('txn_fee', money),
  };
}
