/**
 * Answers every GET with a page of a hundred: payments of the gateway, or payment intents of Stripe,
 * by the path. In a process of its own; both pages are made once.
 */
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { serve } from './worker.mjs';

const COUNT = 100;

const facts = JSON.parse(
  await readFile(new URL('../test/contract/facts/objects.json', import.meta.url), 'utf8'),
);
/** Every example of the gateway's payment: by card, by transfer, of a subscription, by its bank. */
const { examples: payments } = facts.find(({ name }) => name === 'Payment');

function numbered(prefix, number, digits) {
  return `${prefix}_${String(number).padStart(digits, '0')}`;
}

function paymentsPage() {
  return {
    data: Array.from({ length: COUNT }, (_, at) => ({
      ...payments[at % payments.length],
      id: numbered('payt', at, 13),
    })),
    page_meta: { current: 1, previous: null, next: 2, per_page: COUNT, pages: 20, count: 2_000 },
  };
}

function intentsPage() {
  return {
    object: 'list',
    url: '/v1/payment_intents',
    has_more: true,
    data: Array.from({ length: COUNT }, (_, at) => intent(at)),
  };
}

/** A paid payment intent as a list has it: what it points to stays an id. */
function intent(at) {
  const id = numbered('pi', at, 24);
  return {
    id,
    object: 'payment_intent',
    amount: 1_000,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 1_000,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: { allow_redirects: 'always', enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${'s'.repeat(25)}`,
    confirmation_method: 'automatic',
    created: 1_763_634_074 + at,
    currency: 'usd',
    customer: numbered('cus', at, 14),
    customer_account: null,
    description: 'Rail pass: seven days, two zones',
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: numbered('ch', at, 24),
    livemode: false,
    metadata: { internal_ref: 'ref_12345' },
    next_action: null,
    on_behalf_of: null,
    payment_method: numbered('pm', at, 24),
    payment_method_configuration_details: { id: numbered('pmc', at, 24), parent: null },
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: 'automatic',
      },
      link: { persistent_token: null },
    },
    payment_method_types: ['card', 'link'],
    processing: null,
    receipt_email: 'asha.rao@example.com',
    review: null,
    setup_future_usage: null,
    shipping: {
      address: {
        city: 'Porto',
        country: 'PT',
        line1: '1 Quay Road',
        line2: null,
        postal_code: '4000-001',
        state: null,
      },
      carrier: null,
      name: 'Asha Rao',
      phone: null,
      tracking_number: null,
    },
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}

const pages = {
  '/api/v1/payments': Buffer.from(JSON.stringify(paymentsPage())),
  // Stripe sends its answers indented.
  '/v1/payment_intents': Buffer.from(JSON.stringify(intentsPage(), null, 2)),
};

const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume().once('end', () => {
    const page = pages[request.url.split('?')[0]];
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': page.length,
    });
    response.end(page);
  });
});
server.listen(0, '127.0.0.1', () =>
  serve({
    port: () => server.address().port,
    kilobytes: () => Object.values(pages).map(({ length }) => Math.round(length / 1_000)),
  }),
);
