import type { Book } from '../books/book.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Customer } from './customer.js';

/**
 * Refuses a second customer with one e-mail in one country, in any letter case.
 *
 * @throws {GatewayError} when another customer has this e-mail in this country.
 */
export function assertUnique(customers: Book<Customer>, customer: Customer): void {
  const key = identity(customer);
  const isTaken = customers
    .list()
    .some((other) => other.id !== customer.id && identity(other) === key);
  if (isTaken) throw GatewayError.validation(['Email has already been taken']);
}

function identity({ email, country }: Customer): string {
  return `${email} ${country}`.toLowerCase();
}
