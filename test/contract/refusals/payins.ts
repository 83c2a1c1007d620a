import type { PlainAnswer, PlainClient } from '../plain-client.js';
import { answered, invalid, refusal } from './refusal.js';
import type { Refusal } from './refusal.js';

const NO_CUSTOMER = [404, { error: 'Not Found', message: 'Customer not found' }] as const;
const WITH_QUOTE = 'cannot be specified when quote_id is present';
const SPLITS = 'Split ids are invalid or no longer point at a dynamic rule';
const HALF_A_YEAR_MS = 184 * 86_400_000;

/** What an order and a link are both refused for. */
const common = [
  ['an order', order],
  ['a link', link],
] as const;

/** Orders and payment links. */
export const payinRefusals: readonly Refusal[] = [
  ...common.flatMap(([what, make]): readonly Refusal[] => [
    answered(`${what}'s customer is nobody`, NO_CUSTOMER, (it) =>
      make(it, { customer_id: 'cust_6889e287Vfq' }),
    ),
    refusal(`${what} is in rupees`, 'Currency not supported', (it) =>
      make(it, { currency: 'INR' }),
    ),
    refusal(`${what}'s amount is a text`, 'Amount must be an integer', (it) =>
      make(it, { amount: '1000' }),
    ),
    refusal(`${what}'s amount has a fraction`, 'Amount must be an integer', (it) =>
      make(it, { amount: 10.5 }),
    ),
    refusal(`${what}'s quote is none`, 'quote_id not found', (it) =>
      quoted(it, make, 'quote_6889e287Vfq'),
    ),
    refusal(`${what}'s quote is for a payout`, 'quote_id is not a payin quote', async (it) =>
      quoted(it, make, await it.payoutQuote()),
    ),
    refusal(`${what}'s quote has ended`, 'quote_id has expired', async (it) => {
      const quote = await it.payinQuote();
      await it.sandbox.clock.advance(30 * 60_000);
      return quoted(it, make, quote);
    }),
    refusal(`${what}'s quote is used`, 'quote_id has already been used', async (it) => {
      const quote = await it.payinQuote();
      await quoted(it, make, quote);
      return quoted(it, make, quote);
    }),
    ...['amount', 'currency', 'price_id', 'payment_methods'].map((name) =>
      refusal(`${what} has a quote and ${name}`, `${name} ${WITH_QUOTE}`, async (it) =>
        quoted(it, make, await it.payinQuote(), { [name]: name === 'amount' ? 1000 : 'x' }),
      ),
    ),
    invalid(`${what} has a quote and splits`, `Split ids ${WITH_QUOTE}`, async (it) =>
      quoted(it, make, await it.payinQuote(), { split_ids: ['psplit_1'] }),
    ),
    invalid(`${what}'s split is none`, `${SPLITS}: psplit_7Kq2mXbTdLp9`, (it) =>
      make(it, { split_ids: ['psplit_7Kq2mXbTdLp9'] }),
    ),
  ]),
  refusal('an order is made again', 'Order already exists for this request_id', async (it) => {
    await order(it, { request_id: 'once' });
    return order(it, { request_id: 'once' });
  }),
  refusal(
    'an order that wants nothing is answered',
    'Invalid rfi_doc_id or order not in action_required status',
    async (it) => it.call('PATCH', `/api/v1/orders/${await it.order()}/update-rfi`, documents()),
  ),
  refusal(
    'a link that wants nothing is answered',
    'Invalid rfi_doc_id or payment link not in action_required status',
    async (it) => it.call('PATCH', `/api/v1/payin/${await linkId(it)}/update-rfi`, documents()),
  ),
  refusal('a link has a quote and an end', `expires_at ${WITH_QUOTE}`, async (it) =>
    quoted(it, link, await it.payinQuote(), { expires_at: inMs(it, 86_400_000) }),
  ),
  invalid('a link has ended when it is made', 'Expires at must be in the future', (it) =>
    link(it, { expires_at: inMs(it, -1000) }),
  ),
  invalid('a link lives too long', 'Expires at cannot be more than 6 months from now', (it) =>
    link(it, { expires_at: inMs(it, HALF_A_YEAR_MS + 86_400_000) }),
  ),
  answered(
    'a link is reviewed that is under no review',
    [400, { message: 'Payment link is not under review.' }],
    async (it) => it.call('PATCH', `/api/v1/payin/${await linkId(it)}/mock_mark_reviewed`),
  ),
  ...['orders', 'payin'].map((path) =>
    answered(`${path} are listed of no customer`, [400, { message: 'Invalid customer_id' }], (it) =>
      it.call('GET', `/api/v1/${path}?customer_id=order_6889e287Vfq`),
    ),
  ),
];

type Make = (gateway: PlainClient, change: object) => Promise<PlainAnswer>;

function order(gateway: PlainClient, change: object): Promise<PlainAnswer> {
  const { demoCustomerId: customer_id } = gateway.sandbox;
  const body = { customer_id, currency: 'USD', amount: 1000, ...change };
  return gateway.call('POST', '/api/v1/orders', body);
}

function link(gateway: PlainClient, change: object): Promise<PlainAnswer> {
  const { demoCustomerId: customer_id } = gateway.sandbox;
  const expires_at = inMs(gateway, 86_400_000);
  const body = { customer_id, currency: 'USD', amount: 1000, expires_at, ...change };
  return gateway.call('POST', '/api/v1/payin', body);
}

/** With the quote in place of what it fixes. */
function quoted(
  gateway: PlainClient,
  make: Make,
  quote_id: string,
  change: object = {},
): Promise<PlainAnswer> {
  const without = { currency: undefined, amount: undefined, expires_at: undefined };
  return make(gateway, { ...without, quote_id, ...change });
}

async function linkId(gateway: PlainClient): Promise<string> {
  const { json } = await link(gateway, {});
  return String(Reflect.get(Object(json), 'id'));
}

function documents(): object {
  return { documents: [{ id: 'doc_6889e287Vfq', rfi_doc_id: 'rfidoc_6889e287Vfq' }] };
}

function inMs({ sandbox }: PlainClient, milliseconds: number): string {
  return new Date(sandbox.clock.now() + milliseconds).toISOString();
}
