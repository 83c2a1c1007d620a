import { read } from './client.js';
import type { Answer, TestClient } from './client.js';

const address = { address_line1: '1 Park', city: 'Pune', state: 'Pune', country_code: 'IND' };

/** The id of somebody who is paid by the local rails of India. */
export function aPayee(
  client: TestClient,
  change: object = {},
  payee: object = {},
): Promise<string> {
  const bank_account = {
    account_number: nextAccount(),
    currency: 'INR',
    local_routing_number: 'HDFC0000001',
  };
  return beneficiary(client, { bank_account, ...change }, payee);
}

/** The id of somebody who is paid by swift, in dollars. */
export function swiftPayee(client: TestClient): Promise<string> {
  const bank_account = { account_number: nextAccount(), currency: 'USD', swift_code: 'CITIUS33' };
  return beneficiary(client, { bank_account });
}

export async function beneficiary(
  client: TestClient,
  change: object,
  payee: object = {},
): Promise<string> {
  const { json } = await client.post('/api/v2/beneficiaries', {
    category: 'payout',
    beneficiary: { name: 'Acme', type: 'business', address, ...payee },
    ...change,
  });
  return read(json, 'id');
}

export function aPayout(beneficiary_id: string, change: object = {}): object {
  return {
    beneficiary_id,
    purpose_code: 'S0802',
    source_currency: 'USD',
    destination_currency: 'INR',
    source_amount: 1_000,
    payment_rail: 'neft',
    ...change,
  };
}

/** What a test does with payouts. */
export function payoutsOf(client: () => TestClient) {
  const PATH = '/api/v1/payouts';
  return {
    create: (payee: string, change: object = {}): Promise<Answer> =>
      client().post(PATH, aPayout(payee, change)),
    get: (id: string): Promise<Answer> => client().get(`${PATH}/${id}`),
    cancel: (id: string): Promise<Answer> => client().call('PATCH', `${PATH}/${id}/cancel`),
    mock: (id: string, status: string): Promise<Answer> =>
      client().call('PATCH', `${PATH}/mock`, { id, status }),
    /** The events about payouts, oldest first. */
    told: (): string[] =>
      client()
        .sandbox.webhooks.events()
        .map(({ type }) => type)
        .filter((type) => type.startsWith('payout.'))
        .toReversed(),
    /** Where they stand, oldest first. */
    statuses: (): string[] =>
      client()
        .sandbox.payouts.list()
        .map(({ status }) => status)
        .toReversed(),
  };
}

let accounts = 1_000_000;

function nextAccount(): string {
  accounts += 1;
  return String(accounts);
}
