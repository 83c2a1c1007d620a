import type { PlainAnswer, PlainClient } from '../plain-client.js';
import { answered, invalid, refusal } from './refusal.js';
import type { Refusal } from './refusal.js';

const EXPIRED = 'Auth token expired or invalid';
const BETWEEN = 'Expire after in seconds must be between 0 and 604800';

/** Where an object is fetched, how its ids begin, and what the gateway calls it. */
const FETCHED = [
  ['v1/customer', 'cust', 'Customer'],
  ['v1/orders', 'order', 'Order'],
  ['v1/payment', 'payt', 'Payment'],
  ['v1/payin', 'plink', 'Payment link'],
  ['v1/refunds', 'refund', 'Refund'],
  ['v1/subscriptions', 'sub', 'Subscription'],
  ['v1/document', 'doc', 'Document'],
  ['v1/rfis', 'rfi', 'Rfi'],
  ['v1/settlements', 'setl', 'Settlement'],
  ['v1/payouts', 'payout', 'Payout'],
  ['v2/beneficiaries', 'bene', 'Beneficiary'],
] as const;

/** Keys and ids, which every resource refuses in the same words. */
export const keyRefusals: readonly Refusal[] = [
  answered('no key comes', unauthorized('Missing token'), withKey('')),
  answered('a key is of nobody', unauthorized(EXPIRED), withKey('Bearer eyJhbGciOiJS.e30.c2ln')),
  // The gateway's edge may answer `message` alone.
  answered('a key is publishable', [401, { message: EXPIRED }], withKey('Bearer test_6889e287Vfq')),
  invalid('an old key is to live for a text', 'Expire after in seconds must be an integer', (it) =>
    rotated(it, '3600'),
  ),
  invalid('an old key is to live for over a week', BETWEEN, (it) => rotated(it, 604_801)),
  invalid('an old key is to live for less than nothing', BETWEEN, (it) => rotated(it, -1)),
  ...FETCHED.flatMap(([path, prefix, kind]) => [
    refusal(`a ${kind} is asked for by another id`, `Id must start with '${prefix}_'`, (it) =>
      it.call('GET', `/api/${path}/quote_6889e287Vfq`),
    ),
    answered(
      `there is no such ${kind}`,
      [404, { error: 'Not Found', message: `${kind} not found` }],
      (it) => it.call('GET', `/api/${path}/${prefix}_6889e287Vfq`),
    ),
  ]),
];

function unauthorized(message: string): readonly [number, object] {
  return [401, { error: 'Unauthorized', message }];
}

function withKey(authorization: string): Refusal['ask'] {
  return async ({ sandbox }) => {
    const answer = await fetch(`${sandbox.url}/api/v1/orders`, { headers: { authorization } });
    return { status: answer.status, json: await answer.json() };
  };
}

function rotated(gateway: PlainClient, seconds: unknown): Promise<PlainAnswer> {
  return gateway.call('POST', '/api/v1/api-keys/rotate', { expire_after_in_seconds: seconds });
}
