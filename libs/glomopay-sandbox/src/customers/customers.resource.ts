import { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import type { ResourceKit } from '../resource-kit.js';
import { CUSTOMER } from './customer.js';
import type { Customer } from './customer.js';
import { CUSTOMER_FILTERS, customerCalls } from './customers.routes.js';

/** `/api/v1/customer`: create, list, get, and change of e-mail and phone. */
export function customerResource({ clock }: ResourceKit): Resource<Customer, Customer> {
  const book = new Book<Customer>(CUSTOMER, clock);
  return new Resource<Customer, Customer>({
    book,
    shown: (customer) => customer,
    paths: ['/customer'],
    filters: CUSTOMER_FILTERS,
    calls: (api, path) => customerCalls(api, path, book, clock),
  });
}
