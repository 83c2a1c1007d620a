import type { PlainAnswer, PlainClient } from '../plain-client.js';
import { answered, onAccount, refusal } from './refusal.js';
import type { Refusal } from './refusal.js';

const FAILED = 'Refund creation failed';

/** Refunds. Of most reasons to refuse one no text is documented, only what stands in `error`. */
export const refundRefusals: readonly Refusal[] = [
  refusal('it is made again', 'Refund already exists for this request_id', async (it) => {
    const payment_id = await it.paid();
    await refund(it, { payment_id, amount: 100, request_id: 'back-once' });
    return refund(it, { payment_id, amount: 100, request_id: 'back-once' });
  }),
  answered(
    'it is a part on an account without parts',
    [400, { error: FAILED, message: 'Partial refunds are not enabled for this business' }],
    onAccount({ partialRefunds: false }, async (it) =>
      refund(it, { payment_id: await it.paid(), amount: 999 }),
    ),
  ),
  ...reasonsToRefuse(),
  answered('its payment is locked', [409, { message: 'Refund is being processed' }], async (it) => {
    it.sandbox.faults.next('POST /api/v1/refunds', 'refund-locked');
    return refund(it, { payment_id: await it.paid() });
  }),
  answered(
    'it is marked successful before the bank has it',
    [400, { message: 'Refund cannot be marked success.' }],
    async (it) => {
      const id = await it.made('/api/v1/refunds', { ...asked, payment_id: await it.paid() });
      return it.call('PATCH', `/api/v1/refunds/${id}/mock_update_status`, { status: 'success' });
    },
  ),
];

/** Each with the payment that must not be given back. */
function reasonsToRefuse(): readonly Refusal[] {
  const reasons: readonly [string, string, (it: PlainClient) => Promise<string>][] = [
    ['is not paid', 'Payment is not successful', (it) => it.payment()],
    [
      'is older than 180 days',
      'Payment is older than 180 days',
      async (it) => {
        const id = await it.paid();
        await it.sandbox.clock.advance(180 * 86_400_000 + 1);
        return id;
      },
    ],
    [
      'is given back already',
      'Payment has already been fully refunded',
      async (it) => {
        const payment_id = await it.paid();
        await refund(it, { payment_id });
        return payment_id;
      },
    ],
    ['is withheld', 'Payment is withheld or rejected by compliance', (it) => it.heldPayment()],
    [
      'is of a top-up',
      'Add funds payments cannot be refunded',
      async (it) => {
        const money = { amount: 1000, currency: 'USD' };
        const { id: payin_id } = it.sandbox.startTopUp(money);
        return it.made('/api/v1/payment/mock', { ...money, payin_id });
      },
    ],
  ];
  return reasons.map(([what, message, made]) =>
    answered(`its payment ${what}`, [400, { error: FAILED, message }], async (it) =>
      refund(it, { payment_id: await made(it) }),
    ),
  );
}

const asked = { reason: 'Others' };

function refund(gateway: PlainClient, body: object): Promise<PlainAnswer> {
  return gateway.call('POST', '/api/v1/refunds', { ...asked, ...body });
}
