import { begun } from './gateway-objects.js';
import { PAYMENTS } from './scripted-payment.js';
import { REFUNDS } from './scripted-refund.js';
import type { ScriptedResource } from './scripted-resource.js';

export const ORDERS: ScriptedResource = {
  path: '/api/v1/orders',
  prefix: 'order',
  kind: 'Order',
  defaults: { document_id: null, payment_methods: ['card'], notes: null },
  accepts: ({ amount }) => typeof amount === 'number',
};

const CUSTOMERS: ScriptedResource = {
  path: '/api/v1/customer',
  prefix: 'cust',
  kind: 'Customer',
  filters: { email_address: 'email' },
  changes: true,
};

const DOCUMENTS: ScriptedResource = {
  path: '/api/v1/document',
  prefix: 'doc',
  kind: 'Document',
  begin: ({ document_name }) => {
    const started = begun('doc');
    const file_name = `${started.id}.pdf`;
    const preview_url = `https://documents.example.com/${started.id}`;
    return { record: { ...started, document_name, file_name, preview_url, status: 'uploaded' } };
  },
};

const PAYMENT_LINKS: ScriptedResource = {
  path: '/api/v1/payin',
  prefix: 'plink',
  kind: 'Payment link',
  defaults: {
    document_id: null,
    payment_methods: ['card'],
    notes: null,
    payment_link: 'https://checkout.invalid/pay',
  },
  accepts: ({ amount }) => typeof amount === 'number',
  changes: true,
};

const PRICES: ScriptedResource = {
  path: '/api/v1/prices',
  prefix: 'price',
  kind: 'Price',
  defaults: { fees_amount: null, fees_currency: null, bps: null, set_as_default: false },
};

/** None is ever paid for the first time here, and each can be charged. */
export const SUBSCRIPTIONS: ScriptedResource = {
  path: '/api/v1/subscriptions',
  prefix: 'sub',
  kind: 'Subscription',
  begin: (body) => ({ record: { ...body, ...begun('sub'), status: 'created' } }),
};

/** What the gateway answers by itself. A new resource is a row. */
export const RESOURCES: readonly ScriptedResource[] = [
  ORDERS,
  PAYMENTS,
  CUSTOMERS,
  DOCUMENTS,
  REFUNDS,
  PAYMENT_LINKS,
  PRICES,
  SUBSCRIPTIONS,
];
