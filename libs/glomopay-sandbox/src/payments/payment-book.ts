import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import type { Moves } from '../books/lifecycle.js';
import type { ResourceKit } from '../resource-kit.js';
import { PAYMENT } from './payment.js';
import { FUNDS_MOVES, fundsOf } from './funds.js';
import type { Funds } from './funds.js';
import type { ComplianceStatus, Payment, PaymentRecord, PaymentStatus } from './payment.js';

const MOVES: Moves<PaymentStatus> = {
  in_progress: ['success', 'failed', 'action_required'],
  action_required: ['under_review', 'success'],
  under_review: ['success', 'failed'],
  success: [],
  failed: [],
};

/** Beside the status, of a payment that has succeeded. */
const COMPLIANCE_MOVES: Moves<ComplianceStatus | 'none'> = {
  none: ['action_required', 'under_review'],
  action_required: ['under_review'],
  under_review: ['approved', 'rejected', 'action_required'],
  approved: [],
  rejected: [],
};

const shown = ({ payment }: PaymentRecord): Payment => payment;

/** All payments. */
export function paymentBook({
  clock,
  publish,
}: Pick<ResourceKit, 'clock' | 'publish'>): Book<PaymentRecord> {
  return new Book<PaymentRecord>(
    {
      ...PAYMENT,
      requestIdOf: (record) => record.requestId,
      lifecycles: [
        lifecycle<PaymentRecord, PaymentStatus>({
          statusOf: ({ payment }) => payment.status,
          moves: MOVES,
          events: { publish, entity: 'payment', shown },
        }),
        lifecycle<PaymentRecord, ComplianceStatus | 'none'>({
          statusOf: ({ payment }) => payment.compliance_status ?? 'none',
          moves: COMPLIANCE_MOVES,
          events: { publish, entity: 'payment', shown, named: (status) => `compliance_${status}` },
        }),
        lifecycle<PaymentRecord, Funds>({
          statusOf: fundsOf,
          moves: FUNDS_MOVES,
          events: { publish, entity: 'payment', shown },
        }),
      ],
    },
    clock,
  );
}
