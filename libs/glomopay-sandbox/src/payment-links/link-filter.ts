import { hasPrefix } from '../books/object-id.js';
import type { ListFilters } from '../books/read-routes.js';
import { CUSTOMER } from '../customers/customer.js';
import { GatewayError } from '../http/gateway-error.js';
import { LINK_STATUS_FILTERS } from './payment-link.js';
import type { LinkRecord } from './payment-link.js';

/** The query parameters of `GET /payin`, paging aside. */
export const LINK_FILTERS: ListFilters<LinkRecord> = {
  names: ['customer_id', 'status'],
  read: (query) => {
    const customerId = query.text('customer_id');
    if (customerId !== undefined && !hasPrefix(customerId, CUSTOMER.idPrefix)) {
      // Documented with `message` alone.
      throw new GatewayError(400, { message: 'Invalid customer_id' });
    }
    const status = query.oneOf('status', LINK_STATUS_FILTERS);
    return ({ link }) =>
      (customerId === undefined || link.customer_id === customerId) &&
      (status === undefined || link.status === status);
  },
};
