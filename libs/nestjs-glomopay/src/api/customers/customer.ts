import { id, looseText } from '../../wire/readers.js';
import { may, must, shape, type ObjectOf } from '../../wire/shape.js';
import type { WireReader } from '../../wire/wire-object.js';

/** The kinds of a payer that the gateway takes. */
export const customerTypes = ['individual', 'business'] as const;

/** Kind of a payer. */
export type CustomerType = (typeof customerTypes)[number] | (string & {});

const customerType: WireReader<CustomerType | null> = looseText;

/** Only the id is checked, because orders are made with it. */
export const customerShape = shape('customer', {
  id: must('id', id('customer')),
  name: may('name'),
  customerType: may('customer_type', customerType),
  email: may('email'),
  /** With country code. */
  phone: may('phone'),
  /** `YYYY-MM-DD`. */
  dob: may('dob'),
  /** ISO 3166 alpha-3. */
  nationality: may('nationality'),
  /** PAN; on remittance customers only. */
  taxIdentificationNumber: may('tax_identification_number'),
  address: may('address'),
  city: may('city'),
  state: may('state'),
  /** ISO 3166 alpha-3; the gateway's casing is not guaranteed. */
  country: may('country'),
  pincode: may('pincode'),
  status: may('status'),
  /** ISO 8601, UTC. */
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});

/** A payer, as the gateway records them. Made once and used for every order. */
export interface Customer extends ObjectOf<typeof customerShape> {}

/** A customer that a create returned. */
export interface CreatedCustomer extends Customer {
  /** True when the gateway had the customer already, by e-mail and country, and gave that one back. */
  readonly replayed: boolean;
}
