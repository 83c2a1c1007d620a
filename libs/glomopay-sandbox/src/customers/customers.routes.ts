import type { FastifyInstance } from 'fastify';
import type { Book } from '../books/book.js';
import type { ListFilters } from '../books/read-routes.js';
import { jsonFields } from '../http/request-body.js';
import type { Clock } from '../time/clock.js';
import { assertUnique } from './assert-unique.js';
import { CUSTOMER_TYPES } from './customer.js';
import type { Customer } from './customer.js';
import { readCustomerChange, readNewCustomer } from './read-customer.js';

/** Create, and change of e-mail and phone. */
export function customerCalls(
  api: FastifyInstance,
  path: string,
  customers: Book<Customer>,
  clock: Clock,
): void {
  api.post(path, (request, reply) => {
    reply.code(201);
    const customer = readNewCustomer(jsonFields(request), clock);
    assertUnique(customers, customer);
    return customers.open(customer);
  });

  api.patch<{ Params: { id: string } }>(`${path}/:id`, (request) => {
    const customer = customers.find(request.params.id);
    const changed = readCustomerChange(jsonFields(request), customer, clock);
    assertUnique(customers, changed);
    return customers.move(changed.id, changed);
  });
}

/** The query parameters of `GET /customer`, paging aside. */
export const CUSTOMER_FILTERS: ListFilters<Customer> = {
  names: ['customer_type', 'email_address', 'tax_identification_number'],
  read: (query) => {
    const type = query.oneOf('customer_type', CUSTOMER_TYPES);
    const email = query.text('email_address')?.toLowerCase();
    const pan = query.matching('tax_identification_number', /^\s*[A-Za-z]{5}\d{4}[A-Za-z]\s*$/);
    const wantedPan = pan?.trim().toUpperCase();
    return (customer) =>
      (type === undefined || customer.customer_type === type) &&
      (email === undefined || customer.email.toLowerCase() === email) &&
      (wantedPan === undefined || customer.tax_identification_number === wantedPan);
  },
};
