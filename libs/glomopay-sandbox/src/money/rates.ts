import type { Money } from './money.js';

/**
 * What a dollar buys. INFERRED, but for the dirham's, which is the rate of the published sample
 * payment (1000 USD cents are 3746 fils).
 */
const PER_USD = new Map([
  ['USD', 1],
  ['EUR', 0.92],
  ['GBP', 0.79],
  ['AED', 3.746],
  ['SGD', 1.34],
  ['AUD', 1.52],
  ['INR', 88],
]);

const MILLION = 1_000_000;

/** The sandbox's exchange rates: fixed, until a test sets one. Each has six decimals at most. */
export class Rates {
  readonly #set = new Map<string, number>();

  /** How much of `target` one of `source` buys. @returns `undefined` when there is no rate. */
  find(source: string, target: string): number | undefined {
    const bySource = PER_USD.get(source);
    const byTarget = PER_USD.get(target);
    const fixed =
      bySource === undefined || byTarget === undefined ? undefined : byTarget / bySource;
    const rate = this.#set.get(`${source} ${target}`) ?? fixed;
    return rate === undefined ? undefined : Math.round(rate * MILLION) / MILLION;
  }

  /**
   * Sets one direction; the other stays as it is.
   *
   * @throws {TypeError} for codes that are no currency, or a rate below 0.000001 or above a million.
   */
  set(source: string, target: string, rate: number): void {
    if (![source, target].every((code) => /^[A-Z]{3}$/.test(code))) {
      throw new TypeError('A currency is three capital letters');
    }
    if (!(rate >= 1 / MILLION && rate <= MILLION)) {
      throw new TypeError('A rate is a number from 0.000001 to 1000000');
    }
    this.#set.set(`${source} ${target}`, rate);
  }

  /**
   * Converts, rounded half up to a whole minor unit (INFERRED). Every currency here has two decimals.
   *
   * @returns `undefined` when there is no rate, or the result is no safe integer.
   */
  convert({ amount, currency }: Money, target: string): Money | undefined {
    const rate = this.find(currency, target);
    if (rate === undefined) return undefined;
    const millionths = BigInt(amount) * BigInt(Math.round(rate * MILLION));
    const converted = Number((millionths + BigInt(MILLION / 2)) / BigInt(MILLION));
    return Number.isSafeInteger(converted) ? { amount: converted, currency: target } : undefined;
  }
}
