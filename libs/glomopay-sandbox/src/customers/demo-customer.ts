import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { newId } from '../books/object-id.js';
import { CUSTOMER } from './customer.js';
import type { Customer } from './customer.js';

/** The customer a fresh sandbox already knows, so that an order is one call away. */
export function demoCustomer(clock: Clock): Customer {
  const now = timestamp(clock);
  return {
    id: newId(CUSTOMER.idPrefix, clock),
    name: 'Demo Customer',
    customer_type: 'individual',
    email: 'demo.customer@example.com',
    phone: '+1-2025550142',
    dob: null,
    nationality: null,
    address: '1 Example Street',
    city: 'Springfield',
    state: 'Illinois',
    country: 'USA',
    pincode: '62701',
    status: 'active',
    created_at: now,
    updated_at: now,
  };
}
