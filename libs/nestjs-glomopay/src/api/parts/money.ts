import type { Money } from '../../values/money.js';
import type { OwnMembers } from '../../wire/own-members.js';
import {
  checked,
  looseInteger,
  looseObject,
  looseText,
  minorUnits,
  text,
} from '../../wire/readers.js';
import { WireObject } from '../../wire/wire-object.js';

export function readMoney(money: OwnMembers): Money {
  return {
    amount: looseInteger(money.amount),
    currency: looseText(money.currency),
  };
}

/** Money that nobody decides by, or null when there is none. */
export const looseMoney = looseObject(readMoney);

/** An amount in minor units and its currency, both of which are known. */
export interface KnownMoney extends Money {
  /** Whole minor units of `currency`. */
  readonly amount: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/** Money that is decided by: both members must be readable. */
export const knownMoney = checked<KnownMoney, Money | null>((value, path) => {
  const money = new WireObject(path, value);
  return { amount: money.read('amount', minorUnits), currency: money.read('currency', text) };
}, looseMoney);

/** What the gateway and the bank take for moving money out. */
export interface Fees {
  readonly fxFee: Money | null;
  readonly txnFee: Money | null;
}

export function readFees(fees: OwnMembers): Fees {
  return {
    fxFee: looseMoney(fees.fx_fee),
    txnFee: looseMoney(fees.txn_fee),
  };
}
