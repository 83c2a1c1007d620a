import { Collection } from '../books/collection.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Customer } from './customer.js';

/** All customers. One per e-mail and country, in any letter case. */
export class CustomerDirectory {
  readonly #customers = new Collection<Customer>();

  /** @throws {GatewayError} when another customer has this e-mail in this country. */
  save(customer: Customer): Customer {
    const key = identity(customer);
    const taken = this.list().some((other) => other.id !== customer.id && identity(other) === key);
    if (taken) throw GatewayError.validation(['Email has already been taken']);
    return this.#customers.put(customer);
  }

  get(id: string): Customer | undefined {
    return this.#customers.get(id);
  }

  /** Newest first. */
  list(): Customer[] {
    return this.#customers.newestFirst();
  }
}

function identity({ email, country }: Customer): string {
  return `${email} ${country}`.toLowerCase();
}
