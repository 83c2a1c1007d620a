import type { OwnMembers } from '../../wire/own-members.js';
import type { Money } from '../../values/money.js';
import { looseMoney } from '../parts/money.js';

/** What a refund costs you. */
export interface RefundFees {
  readonly fxFees: Money | null;
  readonly txnFees: Money | null;
}

/** Reads the fees; an older description has their names in the singular. */
export function readRefundFees(fees: OwnMembers): RefundFees {
  return {
    fxFees: looseMoney(fees.fx_fees) ?? looseMoney(fees.fx_fee),
    txnFees: looseMoney(fees.txn_fees) ?? looseMoney(fees.txn_fee),
  };
}
