import type { WireObject } from '../../wire/wire-object.js';
import type { Money } from '../../values/money.js';
import { looseMoney } from '../parts/money.js';

/** What a refund costs you. */
export interface RefundFees {
  readonly fxFees: Money | null;
  readonly txnFees: Money | null;
}

/** Reads the fees; an older description has their names in the singular. */
export function readRefundFees(fees: WireObject): RefundFees {
  return {
    fxFees: fees.read('fx_fees', looseMoney) ?? fees.read('fx_fee', looseMoney),
    txnFees: fees.read('txn_fees', looseMoney) ?? fees.read('txn_fee', looseMoney),
  };
}
