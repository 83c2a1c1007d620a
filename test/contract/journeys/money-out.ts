import type { PlainClient } from '../plain-client.js';
import { answer, patch, review, seconds } from './journey.js';
import type { Journey, Step } from './journey.js';

const REFUNDS = '/api/v1/refunds';
const PAYOUTS = '/api/v1/payouts';
const BENEFICIARIES = '/api/v2/beneficiaries';

const refund = {
  entity: 'refund',
  path: REFUNDS,
  begin: async (gateway: PlainClient) =>
    gateway.made(REFUNDS, { payment_id: await gateway.paid(), reason: 'Others' }),
  changes: ['update_rfi', 'mock_update_status'],
};
const payout = {
  entity: 'payout',
  path: PAYOUTS,
  begin: (gateway: PlainClient) => gateway.payout(),
  changes: ['cancel', 'update_rfi'],
};
const beneficiary = {
  entity: 'beneficiary',
  path: BENEFICIARIES,
  account: { beneficiaryReview: true },
  begin: (gateway: PlainClient) => gateway.beneficiary(),
  first: { status: 'pending', isUntold: true },
  changes: ['mock-review'],
};

const underWay = { status: 'in_progress', isUntold: true };

/** Refunds, payouts, and who is paid out. */
export const moneyOutJourneys: readonly Journey[] = [
  {
    ...refund,
    title: 'a refund that the bank makes',
    first: underWay,
    steps: [
      {
        status: 'success',
        by: async (gateway, id) => {
          await seconds(60)(gateway, id);
          await patch(REFUNDS, 'mock_update_status', { status: 'success' })(gateway, id);
        },
      },
    ],
  },
  {
    ...refund,
    title: 'a refund that the bank refuses',
    first: underWay,
    steps: [{ status: 'failed', by: patch(REFUNDS, 'mock_update_status', { status: 'failed' }) }],
  },
  {
    ...refund,
    title: 'a refund that compliance asks about twice, and rejects',
    account: { refundReview: true },
    first: { status: 'action_required' },
    steps: [
      { status: 'under_review', by: answer, isUntold: true },
      { status: 'action_required', by: review('ask_again') },
      { status: 'under_review', by: answer, isUntold: true },
      { status: 'cancelled', by: review('reject'), isUntold: true },
    ],
  },
  {
    ...refund,
    title: 'a refund that compliance lets go',
    account: { refundReview: true },
    first: { status: 'action_required' },
    steps: [
      { status: 'under_review', by: answer, isUntold: true },
      { ...underWay, by: seconds(5) },
      { status: 'failed', by: ({ sandbox }, id) => sandbox.completeRefund(id, 'decline') },
    ],
  },
  {
    ...payout,
    title: 'a payout that the bank makes',
    first: { status: 'in_progress' },
    steps: [mocked('success')],
  },
  {
    ...payout,
    title: 'a payout that waits, is asked about, and fails',
    account: { payoutQueueing: true },
    first: { status: 'queued' },
    steps: [
      mocked('action_required'),
      { status: 'in_progress', by: answer },
      { status: 'in_progress', by: seconds(5), isUntold: true },
      mocked('failed'),
    ],
  },
  {
    ...payout,
    title: 'a payout that is moved on from the queue, and cannot be cancelled then',
    account: { payoutQueueing: true },
    first: { status: 'queued' },
    steps: [
      { status: 'in_progress', by: mocked('pending').by },
      { status: 'in_progress', by: patch(PAYOUTS, 'cancel'), isUntold: true },
      mocked('success'),
    ],
  },
  {
    ...payout,
    title: 'a payout that a second person declines',
    account: { makerChecker: true },
    first: { status: 'pending_approval' },
    steps: [{ status: 'cancelled', by: ({ sandbox }, id) => sandbox.approvePayout(id, 'decline') }],
  },
  {
    ...payout,
    title: 'a payout that is approved, waits, and is cancelled',
    account: { makerChecker: true, payoutQueueing: true },
    first: { status: 'pending_approval' },
    steps: [
      { status: 'queued', by: ({ sandbox }, id) => sandbox.approvePayout(id) },
      { status: 'cancelled', by: patch(PAYOUTS, 'cancel') },
    ],
  },
  {
    ...beneficiary,
    title: 'a beneficiary that is approved',
    steps: [
      { status: 'active', by: patch(BENEFICIARIES, 'mock-review', { review_action: 'approve' }) },
    ],
  },
  {
    ...beneficiary,
    title: 'a beneficiary that is rejected',
    steps: [
      { status: 'rejected', by: patch(BENEFICIARIES, 'mock-review', { review_action: 'reject' }) },
    ],
  },
  {
    title: 'a settlement',
    entity: 'settlement',
    path: '/api/v1/settlements',
    begin: async (gateway) =>
      gateway.made('/api/v1/settlements', { payment_ids: [await gateway.paid()] }),
    first: { status: 'in_progress' },
    steps: [{ status: 'success', by: seconds(60) }],
    changes: [],
  },
];

/** A status that the mock gives a payout. */
function mocked(status: string): Step {
  return {
    status,
    by: (gateway, id) => gateway.call('PATCH', `${PAYOUTS}/mock`, { id, status }),
  };
}
