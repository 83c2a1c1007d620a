import type { ReadOnlyView } from './books/resource.js';
import { conversionResource } from './balances/conversions.resource.js';
import { customerResource } from './customers/customers.resource.js';
import { orderPayins } from './orders/order-payins.js';
import { orderResource } from './orders/orders.resource.js';
import { paymentBook } from './payments/payment-book.js';
import { paymentResource } from './payments/payments.resource.js';
import { refundResource } from './refunds/refunds.resource.js';
import { rfiResource } from './rfi/rfis.resource.js';
import type { ResourceKit } from './resource-kit.js';
import { subscriptionResource } from './subscriptions/subscriptions.resource.js';
import { topUpPayins, topUpResource } from './top-ups/top-ups.resource.js';

/**
 * Every resource of the API, in the order in which one needs the other. Routes, views, control state
 * and the page at `/` read this table: a new resource is a folder of its own and its row here.
 */
export function openResources(kit: ResourceKit) {
  const customers = customerResource(kit);
  const orders = orderResource(kit, customers.book);
  const paid = paymentBook(kit);
  const subscriptions = subscriptionResource(kit, customers.book, paid);
  const topUps = topUpResource(kit);
  const payins = [orderPayins(orders.book, kit.clock), topUpPayins(topUps.book, kit.clock)];
  const payments = paymentResource(
    kit,
    paid,
    orders.book,
    subscriptions.book,
    customers.book,
    payins,
  );
  const rfis = rfiResource(kit);
  const refunds = refundResource(kit, payments.book);
  const conversions = conversionResource(kit);
  return { customers, orders, subscriptions, payments, topUps, refunds, conversions, rfis };
}

export type Resources = ReturnType<typeof openResources>;

/** The objects of every resource, for tests to look at. */
export type ResourceViews = {
  readonly [Name in keyof Resources]: Resources[Name] extends ReadOnlyView<infer Shown>
    ? ReadOnlyView<Shown>
    : never;
};
