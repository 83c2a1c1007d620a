import { Book } from '../books/book.js';
import { GatewayError } from '../http/gateway-error.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import type { Price } from './price.js';

/** Opens a price: the first one is the default, and there is one default. */
export function openPrice(prices: Book<Price>, price: Price, clock: Clock): Price {
  const before = defaultPrice(prices);
  const isDefault = before === undefined || price.set_as_default;
  if (before && isDefault) {
    prices.move(before.id, { set_as_default: false, updated_at: timestamp(clock) });
  }
  return prices.open({ ...price, set_as_default: isDefault });
}

/** What orders and links without a price have. */
export function defaultPrice(prices: Book<Price>): Price | undefined {
  return prices.list().find((price) => price.set_as_default);
}

/** The price of that id, or the default one. @throws {GatewayError} 400 for one that there is not (INFERRED text). */
export function priceFor(prices: Book<Price>, id: string | undefined): Price | undefined {
  if (id === undefined) return defaultPrice(prices);
  const price = prices.get(id);
  if (!price) throw GatewayError.badRequest('price_id not found');
  return price;
}
