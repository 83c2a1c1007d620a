import { looseInteger, looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';

/** An amount in minor units and its currency; null where the gateway has none yet. */
export interface MoneySnapshot {
  readonly amount: number | null;
  readonly currency: string | null;
}

export function moneySnapshot(money: WireObject): MoneySnapshot {
  return {
    amount: money.read('amount', looseInteger),
    currency: money.read('currency', looseText),
  };
}
