import type { FastifyInstance } from 'fastify';
import type { Clock } from '../time/clock.js';
import { GatewayError } from '../http/gateway-error.js';
import { ListQuery } from '../http/list-query.js';
import { assertIdPrefix } from '../books/object-id.js';
import { pageOf } from '../books/page.js';
import { jsonFields } from '../http/request-body.js';
import { CUSTOMER_TYPES } from './customer.js';
import type { Customer } from './customer.js';
import type { CustomerDirectory } from './customer-directory.js';
import { readCustomerChange, readNewCustomer } from './read-customer.js';

interface ById {
  Params: { id: string };
}

/** `/api/v1/customer`: create, list, get, and change of e-mail and phone. */
export function customerRoutes(
  app: FastifyInstance,
  customers: CustomerDirectory,
  clock: Clock,
): void {
  app.post('/customer', (request, reply) => {
    reply.code(201);
    return customers.save(readNewCustomer(jsonFields(request), clock));
  });

  app.get('/customer', (request) => {
    const query = new ListQuery(request, FILTERS);
    const wanted = customerFilter(query);
    return pageOf(customers.list().filter(wanted), query.window());
  });

  app.get<ById>('/customer/:id', (request) => find(customers, request.params.id));

  app.patch<ById>('/customer/:id', (request) => {
    const customer = find(customers, request.params.id);
    return customers.save(readCustomerChange(jsonFields(request), customer, clock));
  });
}

const FILTERS = ['customer_type', 'email_address', 'tax_identification_number'];

function customerFilter(query: ListQuery): (customer: Customer) => boolean {
  const type = query.oneOf('customer_type', CUSTOMER_TYPES);
  const email = query.text('email_address')?.toLowerCase();
  const pan = query.matching('tax_identification_number', /^\s*[A-Za-z]{5}\d{4}[A-Za-z]\s*$/);
  const wantedPan = pan?.trim().toUpperCase();
  return (customer) =>
    (type === undefined || customer.customer_type === type) &&
    (email === undefined || customer.email.toLowerCase() === email) &&
    (wantedPan === undefined || customer.tax_identification_number === wantedPan);
}

function find(customers: CustomerDirectory, id: string): Customer {
  assertIdPrefix(id, 'cust');
  const customer = customers.get(id);
  if (!customer) throw GatewayError.notFound('Customer');
  return customer;
}
