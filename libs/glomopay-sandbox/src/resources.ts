import type { ReadOnlyView } from './books/resource.js';
import { customerResource } from './customers/customers.resource.js';
import { documentResource } from './documents/documents.resource.js';
import { orderResource } from './orders/orders.resource.js';
import { paymentLinkResource } from './payment-links/payment-links.resource.js';
import { paymentBook } from './payments/payment-book.js';
import { paymentResource } from './payments/payments.resource.js';
import { priceResource } from './prices/prices.resource.js';
import { quoteResource } from './quotes/quotes.resource.js';
import { refundResource } from './refunds/refunds.resource.js';
import { rfiResource } from './rfi/rfis.resource.js';
import type { ResourceKit } from './resource-kit.js';
import { subscriptionResource } from './subscriptions/subscriptions.resource.js';

/**
 * Every resource of the API, in the order in which one needs the other. Routes, views, control state
 * and the page at `/` read this table: a new resource is a folder of its own and its row here.
 */
export function openResources(kit: ResourceKit) {
  const customers = customerResource(kit);
  const documents = documentResource(kit);
  const prices = priceResource(kit);
  const quotes = quoteResource(kit, prices.book);
  const terms = { customers: customers.book, quotes: quotes.book, prices: prices.book };
  const orders = orderResource(kit, terms);
  const paymentLinks = paymentLinkResource(kit, terms);
  const paid = paymentBook(kit);
  const subscriptions = subscriptionResource(kit, customers.book, paid);
  const payments = paymentResource(kit, paid, orders.book, subscriptions.book, customers.book);
  const rfis = rfiResource(kit);
  const refunds = refundResource(kit, payments.book);
  return {
    customers,
    documents,
    prices,
    quotes,
    orders,
    paymentLinks,
    subscriptions,
    payments,
    refunds,
    rfis,
  };
}

export type Resources = ReturnType<typeof openResources>;

/** The objects of every resource, for tests to look at. */
export type ResourceViews = {
  readonly [Name in keyof Resources]: Resources[Name] extends ReadOnlyView<infer Shown>
    ? ReadOnlyView<Shown>
    : never;
};
