import type { ListFilters } from '../books/read-routes.js';
import { readCustomerFilter } from '../customers/customer-filter.js';
import { LINK_STATUS_FILTERS } from './payment-link.js';
import type { LinkRecord } from './payment-link.js';

/** The query parameters of `GET /payin`, paging aside. */
export const LINK_FILTERS: ListFilters<LinkRecord> = {
  names: ['customer_id', 'status'],
  read: (query) => {
    const customerId = readCustomerFilter(query);
    const status = query.oneOf('status', LINK_STATUS_FILTERS);
    return ({ link }) =>
      (customerId === undefined || link.customer_id === customerId) &&
      (status === undefined || link.status === status);
  },
};
