import type { CustomerId } from '../../values/ids.js';
import { id, looseText } from '../../wire/readers.js';
import { WireObject } from '../../wire/wire-object.js';
import type { Customer } from './customer.js';

/** Reads a customer. The id is checked, because orders are made with it; the rest is tolerated. */
export function decodeCustomer(body: unknown): Customer {
  const customer = new WireObject('customer', body);
  return {
    id: customer.read('id', id<CustomerId>('customer')),
    name: customer.read('name', looseText),
    customerType: customer.read('customer_type', looseText),
    email: customer.read('email', looseText),
    phone: customer.read('phone', looseText),
    dob: customer.read('dob', looseText),
    nationality: customer.read('nationality', looseText),
    taxIdentificationNumber: customer.read('tax_identification_number', looseText),
    address: customer.read('address', looseText),
    city: customer.read('city', looseText),
    state: customer.read('state', looseText),
    country: customer.read('country', looseText),
    pincode: customer.read('pincode', looseText),
    status: customer.read('status', looseText),
    createdAt: customer.read('created_at', looseText),
    updatedAt: customer.read('updated_at', looseText),
    raw: customer.raw,
  };
}
