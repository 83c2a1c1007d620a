import { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import type { ResourceKit } from '../resource-kit.js';
import { bankAccountCalls } from './bank-accounts.routes.js';
import { CUSTOMER } from './customer.js';
import type { Customer } from './customer.js';
import { CUSTOMER_FILTERS, customerCalls } from './customers.routes.js';

/** `/api/v1/customer`: create, list, get, change of e-mail and phone, and the account paid from. */
export function customerResource(kit: ResourceKit): Resource<Customer, Customer> {
  const { clock } = kit;
  const book = new Book<Customer>(CUSTOMER, clock);
  return new Resource<Customer, Customer>({
    book,
    shown: (customer) => customer,
    paths: ['/customer'],
    filters: CUSTOMER_FILTERS,
    calls: (api, path) => {
      customerCalls(api, path, book, clock);
      bankAccountCalls(api, path, book, kit);
    },
  });
}
