import { expect } from '@jest/globals';
import type { PlainAnswer, PlainClient } from '../plain-client.js';
import { answered, onAccount, refusal } from './refusal.js';
import type { Refusal } from './refusal.js';

const WITH_QUOTE = 'cannot be specified when quote_id is present';

/** Payouts. Of some texts only a part is documented. */
export const payoutRefusals: readonly Refusal[] = [
  answered(
    'it is made again',
    [409, { error: 'Conflict', message: 'Record already exists' }],
    async (it) => {
      await payout(it, { request_id: 'out-once' });
      return payout(it, { request_id: 'out-once' });
    },
  ),
  refusal('its quote is none', 'quote_id not found', (it) => quoted(it, 'quote_6889e287Vfq')),
  refusal('its quote is for a payin', 'Quote is not a payout quote', async (it) =>
    quoted(it, await it.payinQuote()),
  ),
  refusal('its quote has ended', 'quote_id has expired', async (it) => {
    const quote = await it.payoutQuote();
    await it.sandbox.clock.advance(30 * 60_000);
    return quoted(it, quote);
  }),
  refusal('its quote is used', 'quote_id has already been used', async (it) => {
    const quote = await it.payoutQuote();
    await quoted(it, quote);
    return quoted(it, quote);
  }),
  refusal(
    'its quote leads elsewhere',
    'Quote is not compatible with the selected beneficiary',
    async (it) =>
      quoted(it, await it.payoutQuote(), { beneficiary_id: await it.beneficiary('lrs') }),
  ),
  ...Object.entries(spoken()).map(([name, value]) =>
    refusal(`it has a quote and ${name}`, `${name} ${WITH_QUOTE}`, async (it) =>
      quoted(it, await it.payoutQuote(), { [name]: value }),
    ),
  ),
  refusal(
    'its rail leads not to that account',
    'No rails available for this beneficiary',
    async (it) =>
      payout(it, {
        beneficiary_id: await it.beneficiary('payout', {
          currency: 'INR',
          swift_code: undefined,
          local_routing_number: 'HDFC0000001',
        }),
        payment_rail: undefined,
      }),
  ),
  partly('it is paid from rupees', 'Source currency is not supported', (it) =>
    payout(it, { source_currency: 'INR' }),
  ),
  partly('its invoice number is long', 'Invoice number must be 50 characters or less', (it) =>
    payout(it, { invoice_number: 'x'.repeat(51) }),
  ),
  partly(
    'its purpose is a repatriation by swift',
    'not a valid purpose code for the selected payment rail',
    (it) => payout(it, { purpose_code: 'P0001' }),
  ),
  partly(
    'its beneficiary is under review',
    'verification is pending',
    onAccount({ beneficiaryReview: true }, (it) => payout(it, {})),
  ),
  partly(
    'its beneficiary is rejected',
    'has been rejected',
    onAccount({ beneficiaryReview: true }, async (it) => {
      const beneficiary_id = await it.beneficiary();
      const review = `/api/v2/beneficiaries/${beneficiary_id}/mock-review`;
      await it.call('PATCH', review, { review_action: 'reject' });
      return payout(it, { beneficiary_id });
    }),
  ),
  answered(
    'the balance is short',
    [
      400,
      {
        error: 'Bad Request',
        message: expect.stringMatching(
          /^Account has insufficient balance to process this transaction\. Additional amount required: \d+\.$/,
        ),
        code: 'INSUFFICIENT_BALANCE',
      },
    ],
    (it) => payout(it, { source_amount: 9_000_000_000 }),
  ),
  refusal(
    'it is cancelled too late',
    'Payout cannot be cancelled in its current state',
    async (it) => it.call('PATCH', `/api/v1/payouts/${await it.payout()}/cancel`),
  ),
  refusal('it is mocked out of order', 'State change not allowed', async (it) =>
    it.call('PATCH', '/api/v1/payouts/mock', { id: await it.queuedPayout(), status: 'success' }),
  ),
  refusal(
    'it is quoted by a rail that is not there',
    'local_transfer is not supported for USD destination',
    (it) =>
      it.call('POST', '/api/v1/quotes', {
        resource: 'payout',
        source_currency: 'USD',
        destination_currency: 'USD',
        source_amount: 1000,
        payment_method: { type: 'bank_transfer', subtype: 'local_transfer' },
      }),
  ),
];

function partly(when: string, part: string, ask: Refusal['ask']): Refusal {
  const message: unknown = expect.stringContaining(part);
  return answered(when, [400, { error: 'Bad Request', message }], ask);
}

/** What a payout says in its own words, and a quote says for it. */
function spoken(): object {
  return {
    source_amount: 1000,
    destination_amount: 1000,
    source_currency: 'USD',
    destination_currency: 'USD',
    payment_rail: 'swift',
  };
}

async function payout(gateway: PlainClient, change: object): Promise<PlainAnswer> {
  return gateway.call('POST', '/api/v1/payouts', {
    beneficiary_id: await gateway.beneficiary(),
    purpose_code: 'S0802',
    ...spoken(),
    destination_amount: undefined,
    ...change,
  });
}

async function quoted(
  gateway: PlainClient,
  quote_id: string,
  change: object = {},
): Promise<PlainAnswer> {
  const beneficiary_id = await gateway.beneficiary();
  const body = { beneficiary_id, purpose_code: 'S0802', quote_id, ...change };
  return gateway.call('POST', '/api/v1/payouts', body);
}
