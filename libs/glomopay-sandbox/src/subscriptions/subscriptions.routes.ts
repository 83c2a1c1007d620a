import type { FastifyInstance } from 'fastify';
import type { Book } from '../books/book.js';
import type { ListFilters } from '../books/read-routes.js';
import { readCustomerFilter } from '../customers/customer-filter.js';
import type { Customer } from '../customers/customer.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import { assertRequiredNotes } from '../required-notes.js';
import type { ResourceKit } from '../resource-kit.js';
import { readNewSubscription } from './read-subscription.js';
import { SUBSCRIPTION_STATUS_FILTERS } from './subscription.js';
import type { SubscriptionRecord } from './subscription.js';

/** What the subscription routes work on. */
export interface SubscriptionContext extends Pick<ResourceKit, 'clock' | 'account' | 'owner'> {
  readonly subscriptions: Book<SubscriptionRecord>;
  readonly customers: Book<Customer>;
  readonly origin: () => string;
}

/** Create. */
export function subscriptionCalls(
  api: FastifyInstance,
  path: string,
  { subscriptions, customers, clock, account, owner, origin }: SubscriptionContext,
): void {
  const query = owner.environment === 'sandbox' ? '?sandbox=true' : '';
  const linkTo = (id: string): string => `${origin()}/subscription-links/${id}${query}`;

  api.post(path, (request, reply) => {
    const record = readNewSubscription(jsonFields(request), { clock, account }, linkTo);
    const { customer_id, notes } = record.subscription;
    if (!customers.get(customer_id)) throw GatewayError.badRequest('Customer not found');
    assertRequiredNotes(notes, account);
    reply.code(201);
    return subscriptions.open(record).subscription;
  });
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The query parameters of `GET /subscriptions`, paging aside. */
export const SUBSCRIPTION_FILTERS: ListFilters<SubscriptionRecord> = {
  names: ['status', 'customer_id', 'start_date', 'end_date'],
  read: (query) => {
    const status = query.oneOf('status', SUBSCRIPTION_STATUS_FILTERS);
    const customerId = readCustomerFilter(query);
    const startDate = query.matching('start_date', DAY);
    const endDate = query.matching('end_date', DAY);
    return ({ subscription }) =>
      (status === undefined || subscription.status === status) &&
      (customerId === undefined || subscription.customer_id === customerId) &&
      (startDate === undefined || subscription.start_date === startDate) &&
      (endDate === undefined || subscription.end_date === endDate);
  },
};
