import type { PlainAnswer, PlainClient } from '../plain-client.js';
import { answered, onAccount, refusal } from './refusal.js';
import type { Refusal } from './refusal.js';

/** Card payments, remittances, and when money becomes usable. */
export const paymentRefusals: readonly Refusal[] = [
  refusal('it is made again', 'Payment already exists for this request_id', async (it) => {
    const order_id = await it.order();
    await pay(it, { order_id, request_id: 'paid-once' });
    return pay(it, { order_id, request_id: 'paid-once' });
  }),
  refusal('its card is no test card', 'Card is not a valid test card', async (it) =>
    pay(it, { order_id: await it.order() }, '4242424242424242'),
  ),
  refusal(
    'an order is remitted for twice at a time',
    'The order has an existing in progress payment',
    async (it) => {
      const order = await remittance(it);
      it.sandbox.startRemittance(order);
      return it.call('POST', `/_sandbox/orders/${order}/remit`, {});
    },
  ),
  // All of these have their text in `error`, and no message.
  fundsRefused('Payment must be in success status', (it) => it.payment()),
  fundsRefused('Transaction already has funds available', (it) => it.paid()),
  fundsRefused('Payment must be from LRS gateway', (it) => it.paid(), {
    fundsMockForLrsOnly: true,
  }),
  fundsRefused('Payment must not have direct settlement enabled', (it) => it.paid(), {
    directSettlement: true,
  }),
  fundsRefused('No transaction found for payment', async (it) => {
    const id = await it.heldPayment();
    const rfi = it.sandbox.payments.get(id)?.rfi;
    const rfi_doc_id = rfi?.documents_required?.[0]?.rfi_doc_id;
    const documents = [{ rfi_doc_id, doc_id: 'doc_6889e287Vfq' }];
    await it.call('PATCH', `/api/v1/rfis/${rfi?.id ?? ''}/respond`, { documents });
    it.sandbox.reviewRfi(rfi?.id ?? '', 'reject');
    return id;
  }),
];

function fundsRefused(
  error: string,
  made: (gateway: PlainClient) => Promise<string>,
  account: Parameters<typeof onAccount>[0] = {},
): Refusal {
  const ask = async (it: PlainClient): Promise<PlainAnswer> =>
    it.call('PATCH', `/api/v1/payment/${await made(it)}/mock-funds-available`);
  return answered(`its money is made usable: ${error}`, [400, { error }], onAccount(account, ask));
}

function pay(
  gateway: PlainClient,
  body: object,
  number = '4111111111111111',
): Promise<PlainAnswer> {
  const card = { number, holder_name: 'A', expiry_month: '09', expiry_year: '2030', cvv: '739' };
  const callback_url = 'https://shop.example/returned';
  return gateway.call('POST', '/api/v1/payments', { method: 'card', card, callback_url, ...body });
}

/** The id of an order with `lrs`. */
async function remittance(gateway: PlainClient): Promise<string> {
  const lrs_quote_id = await gateway.lrsQuote();
  return gateway.made('/api/v1/orders', {
    customer_id: await gateway.residentOfIndia(),
    currency: 'USD',
    amount: 1000,
    lrs: { lrs_quote_id, remittance_information: 'REF1' },
  });
}
