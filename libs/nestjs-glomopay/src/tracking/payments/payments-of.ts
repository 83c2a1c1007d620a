import type { Payment } from '../../api/payments/payment.js';
import type { PaymentsService } from '../../api/payments/payments.service.js';
import type { RequestOptions } from '../../http/request-options.js';
import { LARGEST_PAGE } from '../../wire/list-filter.js';
import { everyItem } from '../../wire/page.js';

/** What is paid: an order or a link, else a subscription. */
export type PaidFor = { readonly payinId: string } | { readonly subscriptionId: string };

/**
 * Every payment of an order, link or subscription, oldest first, of one status or whatever became of it.
 * They are compared again with what was asked for: a filter that the gateway does not know it passes over.
 */
export async function paymentsOf(
  payments: Pick<PaymentsService, 'list'>,
  paidFor: PaidFor,
  status: 'success' | undefined,
  options?: RequestOptions,
): Promise<readonly Payment[]> {
  const filter = { ...paidFor, status, perPage: LARGEST_PAGE };
  // What comes in meanwhile pushes others to the next page: one may be seen twice, none is missed.
  const found = new Map<string, Payment>();
  for (let page: number | null = 1; page !== null;) {
    const listed = await payments.list({ ...filter, page }, options);
    for (const payment of everyItem(listed)) found.set(payment.id, payment);
    page = listed.next !== null && listed.next > page ? listed.next : null;
  }
  return [...found.values()]
    .filter((payment) => isFor(payment, paidFor) && (status ?? payment.status) === payment.status)
    .toReversed();
}

function isFor(payment: Payment, paidFor: PaidFor): boolean {
  return 'payinId' in paidFor
    ? payment.payinId === paidFor.payinId
    : payment.subscriptionId === paidFor.subscriptionId;
}
