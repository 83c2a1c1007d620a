import type { PlainClient } from '../plain-client.js';
import type { Journey } from './journey.js';

const payment = {
  entity: 'payment',
  path: '/api/v1/payment',
  begin: (gateway: PlainClient) => gateway.payment(),
  first: { status: 'in_progress', isUntold: true },
  changes: ['update_rfi', 'mock-funds-available'],
};

/** Payments by card. */
export const paymentJourneys: readonly Journey[] = [
  {
    ...payment,
    title: 'a payment that the bank approves',
    steps: [{ status: 'success', by: ({ sandbox }, id) => sandbox.completePayment(id, 'approve') }],
  },
  {
    ...payment,
    title: 'a payment that the bank declines',
    steps: [{ status: 'failed', by: ({ sandbox }, id) => sandbox.completePayment(id, 'decline') }],
  },
  {
    ...payment,
    title: 'a payment that is a sanctions hit',
    begin: (gateway) => gateway.payment({ amount: 6623 }),
    steps: [
      {
        status: 'action_required',
        by: ({ sandbox }, id) => sandbox.completePayment(id, 'approve'),
      },
    ],
  },
];
