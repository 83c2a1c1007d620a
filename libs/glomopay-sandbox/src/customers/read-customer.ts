import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import type { Fields } from '../http/fields.js';
import { newId } from '../books/object-id.js';
import { parseInstant } from '../time/instant.js';
import { CUSTOMER, CUSTOMER_TYPES, PAN_PATTERN } from './customer.js';
import type { Customer } from './customer.js';

// The patterns for e-mail and phone are INFERRED: no more is said than "valid", "with country code".
const EMAIL = { pattern: /^[^\s@,;<>"]+@[^\s@,;<>".]+(\.[^\s@,;<>".]+)+$/, maxLength: 254 };
const PHONE = { pattern: /^\+\d(?:[ -]?\d){5,17}$/ };
const NAME = { pattern: /^[A-Za-z0-9 &.,'-]{2,128}$/ };
const ALPHA3 = { pattern: /^[A-Z]{3}$/ };

/** Reads and checks the body of `POST /customer`. */
export function readNewCustomer(fields: Fields, clock: Clock): Customer {
  const now = timestamp(clock);
  const pan = fields.object('kyc')?.text('pan_number', { pattern: PAN_PATTERN });
  const customerType = fields.requiredOneOf('customer_type', CUSTOMER_TYPES);
  const customer: Customer = {
    id: newId(CUSTOMER.idPrefix, clock),
    name: fields.requiredText('name', NAME),
    customer_type: customerType,
    email: fields.requiredText('email', EMAIL),
    phone: fields.text('phone', PHONE) ?? null,
    dob: readBirthday(fields, clock) ?? null,
    nationality: fields.text('nationality', ALPHA3) ?? null,
    ...(pan === undefined ? {} : { tax_identification_number: pan }),
    address: fields.requiredText('address'),
    city: fields.requiredText('city'),
    state: fields.requiredText('state'),
    country: fields.requiredText('country', ALPHA3),
    pincode: fields.text('pincode') ?? null,
    status: 'active',
    created_at: now,
    updated_at: now,
  };
  fields.finish();
  return customer;
}

/** Reads the body of `PATCH /customer/{id}`: only e-mail and phone ever change. */
export function readCustomerChange(fields: Fields, customer: Customer, clock: Clock): Customer {
  const changed: Customer = {
    ...customer,
    email: fields.text('email', EMAIL) ?? customer.email,
    phone: fields.text('phone', PHONE) ?? customer.phone,
    updated_at: timestamp(clock),
  };
  fields.finish();
  return changed;
}

function readBirthday(fields: Fields, clock: Clock): string | undefined {
  const dob = fields.text('dob', { pattern: /^\d{4}-\d{2}-\d{2}$/ });
  if (dob === undefined) return undefined;
  if (parseInstant(dob, 'start') === undefined) fields.problem('Dob is invalid');
  else if (dob >= timestamp(clock).slice(0, 10)) fields.problem('Dob must be in the past');
  return dob;
}
