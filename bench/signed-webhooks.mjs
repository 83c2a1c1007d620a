import { createHmac, randomBytes } from 'node:crypto';

/** The secret of our webhooks, and of Stripe's; invented. */
export const webhookSecret = 'whsec_bench_7c1d94e0b5a83f2668d0';
/** Standard Webhooks wants base64. */
export const standardSecret = `whsec_${Buffer.from('bench-7c1d94e0b5a83f2668d0').toString('base64')}`;

const NOTE = 'Gift wrapped; to be delivered in the morning, neighbours have the key. '.repeat(3);

/**
 * Events of about a size, each with ids of its own. The same bytes are an event to every contender:
 * entity, event and `data` are what the gateway sends, `object` and `type` what Stripe does.
 */
export function webhookBodies(count, bytes) {
  return Array.from({ length: count }, () => webhookBody(bytes));
}

function webhookBody(bytes) {
  const event = {
    object: 'event',
    type: 'payment.success',
    entity_type: 'payment',
    event_type: 'success',
    data: payment(),
  };
  // What makes an event large are the notes that the shop has put on the order.
  for (let note = 1; JSON.stringify(event).length < bytes - NOTE.length; note += 1) {
    event.data.notes[`note_${note}`] = NOTE;
  }
  return Buffer.from(JSON.stringify(event));
}

function payment() {
  return {
    id: `payt_${token()}`,
    payin_id: `order_${token()}`,
    payin_type: 'orders',
    status: 'success',
    requested_amount: 129_900,
    requested_currency: 'USD',
    payment_amount: 10_860_240,
    payment_currency: 'INR',
    customer_id: `cust_${token()}`,
    merchant_id: 'mer_64f0a1b2c3',
    purpose_code: 'P0802',
    sender_name: 'Asha Rao',
    notes: { reference: `reference-${token()}` },
    error_code: null,
    error_description: null,
    paid_at: '2026-11-22T10:15:30Z',
    funds_available: true,
    payment_method: { type: 'card', card_network: 'visa', card_type: 'credit' },
    created_at: '2026-11-22T10:14:58Z',
    updated_at: '2026-11-22T10:15:31Z',
  };
}

/** The headers under which each side takes a body for signed. Stripe's and the standard's age. */
export const sign = {
  glomopay: (body) => ({
    'x-glomopay-signature': createHmac('sha256', webhookSecret).update(body).digest('hex'),
  }),
  stripe: (body) => {
    const seconds = Math.floor(Date.now() / 1_000);
    const v1 = createHmac('sha256', webhookSecret).update(`${seconds}.`).update(body).digest('hex');
    return { 'stripe-signature': `t=${seconds},v1=${v1}` };
  },
  standard: (body) => {
    const seconds = Math.floor(Date.now() / 1_000);
    const key = Buffer.from(standardSecret.slice('whsec_'.length), 'base64');
    const text = createHmac('sha256', key).update(`msg_bench.${seconds}.`).update(body);
    return {
      'webhook-id': 'msg_bench',
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${text.digest('base64')}`,
    };
  },
};

function token() {
  return randomBytes(9).toString('base64url');
}
