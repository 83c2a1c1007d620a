import type { Book } from '../books/book.js';
import type { Money } from '../money/money.js';
import { markPaid as markOrderPaid } from '../orders/order-book.js';
import type { OrderRecord, PaymentMethod } from '../orders/order.js';
import { markPaid as markLinkPaid } from '../payment-links/link-book.js';
import type { LinkRecord } from '../payment-links/payment-link.js';
import { ofLink, ofOrder } from '../payments/payable.js';
import type { Payable } from '../payments/payable.js';
import type { Quote } from '../quotes/quote.js';
import type { Clock } from '../time/clock.js';

/** An order or a payment link, as its payer sees it. */
export interface Payin {
  readonly payable: Payable;
  /** Whether money is taken now. */
  readonly isActive: boolean;
  readonly methods: readonly PaymentMethod[];
  /** What a transfer has to bring: the source of its quote, else the amount itself (INFERRED). */
  readonly asked: Money;
}

/** Orders and payment links alike, for whoever pays them. */
export class Payins {
  readonly #orders: Book<OrderRecord>;
  readonly #links: Book<LinkRecord>;
  readonly #clock: Clock;

  constructor(orders: Book<OrderRecord>, links: Book<LinkRecord>, clock: Clock) {
    this.#orders = orders;
    this.#links = links;
    this.#clock = clock;
  }

  find(id: string): Payin | undefined {
    const order = this.#orders.get(id);
    if (order) return payin(order, ofOrder(order), order.quote);
    const record = this.#links.get(id);
    return record && payin(record.link, ofLink(record.link), record.quote);
  }

  /** Marks it paid by a payment that succeeded, unless it is so already or takes no money any more. */
  markPaid(id: string): void {
    markOrderPaid(this.#orders, id, this.#clock);
    markLinkPaid(this.#links, id, this.#clock);
  }
}

function payin(
  { status, payment_methods: methods }: { status: string; payment_methods: Payin['methods'] },
  payable: Payable,
  quote: Quote | undefined,
): Payin {
  const { amount, currency } = payable;
  const asked = quote
    ? { amount: quote.source_amount, currency: quote.source_currency }
    : { amount, currency };
  return { payable, isActive: status === 'active', methods, asked };
}
