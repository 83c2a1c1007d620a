import type { Payment } from '../../api/payments/payment.js';
import type { PaymentsService } from '../../api/payments/payments.service.js';
import { everyListed } from '../../http/every-listed.js';
import type { RequestOptions } from '../../http/request-options.js';
import { LARGEST_PAGE } from '../../wire/list-filter.js';

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
  const found = await everyListed((page) => payments.list({ ...filter, page }, options));
  return found
    .filter((payment) => isFor(payment, paidFor) && (status ?? payment.status) === payment.status)
    .toReversed();
}

function isFor(payment: Payment, paidFor: PaidFor): boolean {
  return 'payinId' in paidFor
    ? payment.payinId === paidFor.payinId
    : payment.subscriptionId === paidFor.subscriptionId;
}
