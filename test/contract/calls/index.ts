import type { ResourceCalls } from '../call.js';
import { balances } from './balances.js';
import { customers } from './customers.js';
import { documents } from './documents.js';
import { mocks } from './mocks.js';
import { orders } from './orders.js';
import { paymentLinks } from './payment-links.js';
import { payments } from './payments.js';
import { prices } from './prices.js';
import { quotes } from './quotes.js';
import { refunds } from './refunds.js';
import { rfis } from './rfis.js';
import { subscriptions } from './subscriptions.js';

/** Every resource, as the pages of the documentation go through them. */
export const resources: readonly ResourceCalls[] = [
  orders,
  payments,
  customers,
  documents,
  refunds,
  subscriptions,
  paymentLinks,
  quotes,
  rfis,
  prices,
  balances,
  mocks,
];
