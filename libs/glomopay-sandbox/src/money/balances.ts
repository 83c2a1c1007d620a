import { GatewayError } from '../http/gateway-error.js';
import { CURRENCIES } from './money.js';
import type { Money } from './money.js';

/** Where the merchant's money is: usable, on its way, or the Funded Balance. */
export type Pool = 'primary' | 'pending' | 'funded';

/** The merchant's money, in minor units. It starts at nothing. */
export class Balances {
  readonly #pools: Readonly<Record<Pool, Map<string, number>>> = {
    primary: new Map(),
    pending: new Map(),
    funded: new Map(),
  };
  readonly #holds = new Map<string, { readonly money: Money; readonly pool: Pool }>();

  /** @throws {TypeError} unless the amount is a whole number of minor units, 0 or more. */
  credit(money: Money, pool: Pool = 'primary'): void {
    assertMoney(money);
    this.#add(money, money.amount, pool);
  }

  /** @throws {GatewayError} 400 `INSUFFICIENT_BALANCE` when there is less; nothing is taken then. */
  debit(money: Money, pool: Pool = 'primary'): void {
    this.assertCovers(money, pool);
    this.#add(money, -money.amount, pool);
  }

  /** @throws {GatewayError} 400 `INSUFFICIENT_BALANCE` when there is less. */
  assertCovers(money: Money, pool: Pool = 'primary'): void {
    assertMoney(money);
    const missing = money.amount - this.amountOf(money.currency, pool);
    if (missing > 0) throw insufficient(missing);
  }

  /**
   * Sets money aside for an object until it is spent or released. A second hold for the same object
   * changes nothing.
   *
   * @throws {GatewayError} 400 `INSUFFICIENT_BALANCE` when there is less.
   */
  hold(objectId: string, money: Money, pool: Pool = 'primary'): void {
    if (this.#holds.has(objectId)) return;
    this.debit(money, pool);
    this.#holds.set(objectId, { money, pool });
  }

  /** Gives back what an object holds, once. */
  release(objectId: string): void {
    const held = this.#holds.get(objectId);
    this.#holds.delete(objectId);
    if (held) this.credit(held.money, held.pool);
  }

  /** What an object holds is gone for good. */
  spend(objectId: string): void {
    this.#holds.delete(objectId);
  }

  amountOf(currency: string, pool: Pool = 'primary'): number {
    return this.#pools[pool].get(currency) ?? 0;
  }

  /** One entry for each currency of the API (INFERRED: also those with nothing) and each other used. */
  list(pool: Pool = 'primary'): Money[] {
    const currencies = new Set<string>([...CURRENCIES, ...this.#pools[pool].keys()]);
    return [...currencies].map((currency) => ({ currency, amount: this.amountOf(currency, pool) }));
  }

  #add({ currency }: Money, amount: number, pool: Pool): void {
    this.#pools[pool].set(currency, this.amountOf(currency, pool) + amount);
  }
}

function assertMoney({ amount }: Money): void {
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw new TypeError('An amount is a whole number of minor units, 0 or more');
  }
}

function insufficient(missing: number): GatewayError {
  return new GatewayError(400, {
    error: 'Bad Request',
    message: `Account has insufficient balance to process this transaction. Additional amount required: ${missing}.`,
    code: 'INSUFFICIENT_BALANCE',
  });
}
