import { differences } from '../../http/differences.js';
import type { Customer } from './customer.js';

type Body = Readonly<Record<string, unknown>>;

/** Whether the gateway takes a customer for the one of a create: by e-mail and country, in whatever case. */
export function isSameCustomer(body: Body, { email, country }: Customer): boolean {
  return folded(email) === folded(body['email']) && folded(country) === folded(body['country']);
}

/** The members in which it is another person than the create names. Case and spaces make no other person. */
export function differencesOfCustomer(body: Body, { name, customerType }: Customer): string[] {
  return differences([
    ['name', folded(body['name']), folded(name)],
    ['customerType', body['customer_type'], customerType],
  ]);
}

function folded(text: unknown): string | undefined {
  return typeof text === 'string' ? text.trim().replace(/\s+/g, ' ').toLowerCase() : undefined;
}
