import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import { newId } from '../books/object-id.js';
import { Resource } from '../books/resource.js';
import { CURRENCIES } from '../money/money.js';
import type { Money } from '../money/money.js';
import type { Payable } from '../payments/payable.js';
import type { PayinSource } from '../payments/payin-source.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { TOP_UP_BOARD } from './top-up-board.js';
import { TOP_UP } from './top-up.js';
import type { TopUp, TopUpStatus } from './top-up.js';

/** Top-ups, which have no path. */
export function topUpResource({ clock, publish }: ResourceKit): Resource<TopUp, TopUp> {
  const book = new Book<TopUp>(
    {
      ...TOP_UP,
      lifecycles: [
        lifecycle<TopUp, TopUpStatus>({
          statusOf: ({ status }) => status,
          moves: { active: ['paid'], paid: [] },
          events: { publish, entity: 'payment_link', shown: (topUp) => topUp },
        }),
      ],
    },
    clock,
  );
  return new Resource<TopUp, TopUp>({
    book,
    shown: (topUp) => topUp,
    paths: [],
    filters: 'none',
    summary: (topUp) => topUp,
    board: TOP_UP_BOARD,
  });
}

/**
 * What the dashboard does: asks for money for the balance.
 *
 * @throws {TypeError} unless it is an amount of 1 or more in a currency of the API.
 */
export function startTopUp(topUps: Book<TopUp>, { amount, currency }: Money, clock: Clock): TopUp {
  if (!Number.isSafeInteger(amount) || amount < 1) {
    throw new TypeError('An amount is a whole number of minor units, 1 or more');
  }
  if (!CURRENCIES.some((known) => known === currency)) {
    throw new TypeError(`A top-up is in one of ${CURRENCIES.join(', ')}`);
  }
  const now = timestamp(clock);
  const id = newId(TOP_UP.idPrefix, clock);
  return topUps.open({ id, status: 'active', amount, currency, created_at: now, updated_at: now });
}

/** Top-ups, as far as a transfer can pay them. */
export function topUpPayins(topUps: Book<TopUp>, clock: Clock): PayinSource {
  return {
    idPrefix: TOP_UP.idPrefix,
    find(id) {
      const topUp = topUps.get(id);
      return topUp && { id, isActive: topUp.status === 'active', payable: payableOf(topUp) };
    },
    pay: (id) => void topUps.move(id, { status: 'paid', updated_at: timestamp(clock) }),
  };
}

function payableOf({ id, amount, currency }: TopUp): Payable {
  return {
    amount,
    currency,
    members: {
      payin_id: id,
      payin_type: 'add_funds',
      subscription_id: null,
      purpose_code: null,
      customer_id: null,
      product_name: null,
      product_description: null,
    },
  };
}
