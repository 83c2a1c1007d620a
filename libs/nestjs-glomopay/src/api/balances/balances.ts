import { listOf, looseObjects, minorUnits, text, type CheckedReader } from '../../wire/readers.js';
import { may, must, shape, type ObjectOf } from '../../wire/shape.js';
import { WireObject, type WireReader } from '../../wire/wire-object.js';
import type { Money } from '../../values/money.js';
import { readMoney } from '../parts/money.js';

/** What there is of one currency. */
export interface Balance extends Money {
  /** Whole minor units of `currency`. */
  readonly amount: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/** Every entry must be readable: one that was left out would be money that is not there. */
export const readBalances: WireReader<readonly Balance[]> = (value, path) =>
  listOf((item) => {
    const balance = new WireObject(path, item);
    return {
      amount: balance.read('amount', minorUnits),
      currency: balance.read('currency', text),
    };
  })(value, path);
