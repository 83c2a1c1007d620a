import { hasPrefix } from '../books/object-id.js';
import { GatewayError } from '../http/gateway-error.js';
import type { ListQuery } from '../http/list-query.js';
import { CUSTOMER } from './customer.js';

/** The filter `customer_id`; INFERRED but for those of orders and payment links. @throws {GatewayError} 400 for the id of another kind. */
export function readCustomerFilter(query: ListQuery): string | undefined {
  const id = query.text('customer_id');
  if (id !== undefined && !hasPrefix(id, CUSTOMER.idPrefix)) {
    // Documented with `message` alone.
    throw new GatewayError(400, { message: 'Invalid customer_id' });
  }
  return id;
}
