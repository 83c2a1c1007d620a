import type { Money } from '../../values/money.js';
import { looseInteger, looseObject, looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';

export function readMoney(money: WireObject): Money {
  return {
    amount: money.read('amount', looseInteger),
    currency: money.read('currency', looseText),
  };
}

/** What the gateway and the bank take for moving money out. */
export interface Fees {
  readonly fxFee: Money | null;
  readonly txnFee: Money | null;
}

export function readFees(fees: WireObject): Fees {
  return {
    fxFee: fees.read('fx_fee', looseObject(readMoney)),
    txnFee: fees.read('txn_fee', looseObject(readMoney)),
  };
}
