import type { Money } from '../../values/money.js';
import { checked, listOf, looseObjects } from '../../wire/readers.js';
import { may, must, shape, type ObjectOf } from '../../wire/shape.js';
import type { LooseReader } from '../../wire/wire-object.js';
import { knownMoney, readMoney } from '../parts/money.js';

const looseBalances = looseObjects(readMoney);

/** One that could not be read would be money that is not there, so every entry must be readable. */
const everyBalance = checked(
  (value, path) => listOf((item) => knownMoney(item, `${path}[]`))(value, path),
  looseBalances,
);

/** Null where the account has none; the shape of an entry is INFERRED. */
const fundedBalances: LooseReader<readonly Money[] | null> = (value) =>
  value === undefined || value === null ? null : looseBalances(value);

export const balancesShape = shape('balances', {
  /** The Primary Balance, by currency: what refunds, payouts and conversions take from. */
  available: must('available', everyBalance),
  /** What is not usable yet, by currency. */
  pending: must('pending', everyBalance),
  /**
   * The Funded Balance, where the account has one: payouts take from it then, and only top-ups add to
   * it. Null where it has none.
   */
  fundedBalances: may('funded_balances', fundedBalances),
});

/** The account's money, in minor units, one entry for each currency. */
export interface Balances extends ObjectOf<typeof balancesShape> {}
