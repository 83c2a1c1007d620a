import {
  MocksService,
  type MockPayoutOutcome,
  type MockRefundOutcome,
  type MockReview,
  type MockTransferInput,
} from 'nestjs-glomopay';
import { call, type ResourceCalls } from '../call.js';
import { payments } from './payments.js';

const tests = ['test/calls/mocks.e2e-spec.ts'];
const order = 'order_68c00b7btsthf';
const payout = 'payout_6a8fd80eo6coZ';
const money = { amount: 1000, currency: 'USD' };

function inAWeek(now: number): string {
  return new Date(now + 7 * 86_400_000).toISOString();
}

export const mocks: ResourceCalls = {
  title: 'Mocks',
  calls: [
    call({
      endpoint: 'createMockPayment',
      service: MocksService,
      method: 'transfer',
      repeat: 'again',
      tests,
      send: (service, input: MockTransferInput) => service.transfer(input),
      smallest: {
        input: { ...money, payinId: order },
        wire: { ...money, payin_id: order },
      },
      fullest: {
        'for an order': {
          input: { ...money, payinId: order, remitterName: 'Non_Sanctioned_Entity' },
          wire: { ...money, payin_id: order, remitter_name: 'Non_Sanctioned_Entity' },
        },
        unmatched: {
          input: { ...money, paymentMethod: 'BankTransfer' },
          wire: { ...money, payment_method: 'BankTransfer' },
        },
      },
      arrange: async (gateway) => ({ wire: { payin_id: await gateway.order() } }),
      gaps: {
        sandbox: {
          'is answered as documented: unmatched': 'nobody knows its customer, who is null here',
        },
      },
    }),
    call({
      endpoint: 'mockUpdatePaymentFundsAvailable',
      service: MocksService,
      method: 'fundsAvailable',
      repeat: 'again',
      tests,
      id: 'payt_691eeb9aV79Uk',
      send: (service, _: object, id) => service.fundsAvailable(id),
      smallest: { input: {} },
      arrange: async (gateway) => {
        const { account } = gateway.sandbox;
        account.transferFundsHeld = true;
        const payin = await gateway.order();
        const id = await gateway.made('/api/v1/payment/mock', { ...money, payin_id: payin });
        account.transferFundsHeld = false;
        return { id };
      },
    }),
    call({
      endpoint: 'mockReviewPaymentLink',
      service: MocksService,
      method: 'reviewPaymentLink',
      repeat: 'again',
      send: (service, _: object, id) => service.reviewPaymentLink(id),
      smallest: { input: {} },
      arrange: async (gateway) => {
        const { account, clock, demoCustomerId: customer } = gateway.sandbox;
        account.linkStatus = 'under_review';
        const link = { ...money, customer_id: customer, expires_at: inAWeek(clock.now()) };
        const id = await gateway.made('/api/v1/payin', link);
        account.linkStatus = 'active';
        return { id };
      },
    }),
    call({
      endpoint: 'mockUpdateRefund',
      service: MocksService,
      method: 'settleRefund',
      repeat: 'again',
      send: (service, { status }: { status: MockRefundOutcome }, id) =>
        service.settleRefund(id, status),
      smallest: { input: { status: 'failed' }, wire: { status: 'failed' } },
      fullest: { 'every member': { input: { status: 'failed' }, wire: { status: 'failed' } } },
      arrange: async (gateway) => {
        const paymentId = await gateway.payment();
        gateway.sandbox.completePayment(paymentId, 'approve');
        const refund = { payment_id: paymentId, reason: 'Others' };
        return { id: await gateway.made('/api/v1/refunds', refund) };
      },
    }),
    call({
      endpoint: 'mockReviewBeneficiaryV2',
      service: MocksService,
      method: 'reviewBeneficiary',
      repeat: 'again',
      send: (service, { reviewAction }: { reviewAction: MockReview }, id) =>
        service.reviewBeneficiary(id, reviewAction),
      smallest: { input: { reviewAction: 'approve' }, wire: { review_action: 'approve' } },
      fullest: {
        'every member': { input: { reviewAction: 'reject' }, wire: { review_action: 'reject' } },
      },
      arrange: async (gateway) => {
        const { account } = gateway.sandbox;
        account.beneficiaryReview = true;
        const id = await gateway.beneficiary();
        account.beneficiaryReview = false;
        return { id };
      },
    }),
    call({
      endpoint: 'mockUpdatePayoutStatus',
      service: MocksService,
      method: 'settlePayout',
      repeat: 'again',
      tests,
      id: '',
      send: (service, { id, status }: { id: string; status: MockPayoutOutcome }) =>
        service.settlePayout(id, status),
      smallest: {
        input: { id: payout, status: 'success' },
        wire: { id: payout, status: 'success' },
      },
      fullest: {
        'every member': {
          input: { id: payout, status: 'failed' },
          wire: { id: payout, status: 'failed' },
        },
      },
      unsent: { rfi_document_ids: 'in an older description only' },
      arrange: async (gateway) => ({ wire: { id: await gateway.payout() } }),
    }),
    call({
      endpoint: 'triggerMockSettlement',
      service: MocksService,
      method: 'runSettlement',
      repeat: 'again',
      send: (service) => service.runSettlement(),
      smallest: { input: {} },
      arrange: async (gateway) => {
        // More than any fee of a price takes of it.
        const id = await gateway.payment({ amount: 50_000 });
        gateway.sandbox.completePayment(id, 'approve');
        return {};
      },
    }),
  ],
  underRaw: {
    MockFundsAvailableResult: { message: 'says the same every time' },
    Beneficiary: {
      address: 'personal data',
      bank_account: 'personal data',
      upi_account: 'personal data',
    },
    Settlement: Object.fromEntries(
      [
        'amount',
        'created_at',
        'currency',
        'fees',
        'id',
        'payment_method',
        'status',
        'updated_at',
        'utr',
      ].map((name) => [name, 'the body of the answer is not documented: list the settlements']),
    ),
  },
  lost: {
    Payment: payments.lost?.['Payment'] ?? {},
    Payout: { taxes: 'no member yet' },
  },
};
