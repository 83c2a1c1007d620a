import type { ReadOnlyView } from './books/resource.js';
import { beneficiaryResource } from './beneficiaries/beneficiaries.resource.js';
import { conversionResource } from './balances/conversions.resource.js';
import { customerResource } from './customers/customers.resource.js';
import { lrsBankAccountResource } from './lrs/lrs-bank-accounts.resource.js';
import { lrsQuoteResource } from './lrs/lrs-quotes.resource.js';
import { orderPayins } from './orders/order-payins.js';
import { documentResource } from './documents/documents.resource.js';
import { orderResource } from './orders/orders.resource.js';
import { paymentLinkResource } from './payment-links/payment-links.resource.js';
import { linkPayins } from './payment-links/link-payins.js';
import { paymentBook } from './payments/payment-book.js';
import type { PayinSource } from './payments/payin-source.js';
import { paymentResource } from './payments/payments.resource.js';
import { payoutResource } from './payouts/payouts.resource.js';
import { priceResource } from './prices/prices.resource.js';
import { quoteResource } from './quotes/quotes.resource.js';
import { refundResource } from './refunds/refunds.resource.js';
import { rfiResource } from './rfi/rfis.resource.js';
import type { ResourceKit } from './resource-kit.js';
import { settlementResource } from './settlements/settlements.resource.js';
import { subscriptionResource } from './subscriptions/subscriptions.resource.js';
import type { Clock } from './time/clock.js';
import { topUpPayins, topUpResource } from './top-ups/top-ups.resource.js';
import { virtualAccountResource } from './virtual-accounts/virtual-accounts.resource.js';

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
  const lrsQuotes = lrsQuoteResource(kit);
  const lrsBankAccounts = lrsBankAccountResource(kit, customers.book);
  const beneficiaries = beneficiaryResource(kit);
  const lrs = {
    quotes: lrsQuotes.book,
    bankAccounts: lrsBankAccounts.book,
    beneficiaries: beneficiaries.book,
  };
  const orders = orderResource(kit, { ...terms, lrs });
  const paymentLinks = paymentLinkResource(kit, terms);
  const paid = paymentBook(kit);
  const subscriptions = subscriptionResource(kit, customers.book, paid);
  const topUps = topUpResource(kit);
  const payins = payinSources({ orders, paymentLinks, topUps }, kit.clock);
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
  const settlements = settlementResource(kit, payments.book);
  const payouts = payoutResource(kit, beneficiaries.book, quotes.book);
  return {
    customers,
    documents,
    prices,
    quotes,
    lrsQuotes,
    lrsBankAccounts,
    orders,
    paymentLinks,
    subscriptions,
    payments,
    topUps,
    refunds,
    conversions,
    settlements,
    beneficiaries,
    payouts,
    virtualAccounts: virtualAccountResource(kit),
    rfis,
  };
}

/** Everything that money can be sent for. */
export function payinSources(
  { orders, paymentLinks, topUps }: Pick<Resources, 'orders' | 'paymentLinks' | 'topUps'>,
  clock: Clock,
): readonly PayinSource[] {
  return [
    orderPayins(orders.book, clock),
    linkPayins(paymentLinks.book, clock),
    topUpPayins(topUps.book, clock),
  ];
}

export type Resources = ReturnType<typeof openResources>;

/** The objects of every resource, for tests to look at. */
export type ResourceViews = {
  readonly [Name in keyof Resources]: Resources[Name] extends ReadOnlyView<infer Shown>
    ? ReadOnlyView<Shown>
    : never;
};
