import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import type { Lifecycle, Moves } from '../books/lifecycle.js';
import type { ResourceKit } from '../resource-kit.js';
import { PAYMENT } from './payment.js';
import type { ComplianceStatus, Payment, PaymentRecord, PaymentStatus } from './payment.js';

const MOVES: Moves<PaymentStatus> = {
  in_progress: ['success', 'failed', 'action_required'],
  action_required: ['under_review', 'success'],
  under_review: ['success', 'failed'],
  success: [],
  failed: [],
};

/** Beside the status, mostly of a payment that has succeeded. */
const COMPLIANCE_MOVES: Moves<ComplianceStatus | 'none'> = {
  none: ['action_required', 'under_review'],
  action_required: ['under_review'],
  under_review: ['approved', 'rejected', 'action_required'],
  approved: [],
  rejected: [],
};

/** Money becomes usable once. */
const FUNDS_MOVES: Moves<'awaited' | 'available'> = { awaited: ['available'], available: [] };

type Publish = ResourceKit['publish'];

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
        fundsLifecycle(publish),
      ],
    },
    clock,
  );
}

/** Told only when the money was held: else `payment.success` has said it. */
function fundsLifecycle(publish: Publish): Lifecycle<PaymentRecord> {
  const funds = lifecycle<PaymentRecord, 'awaited' | 'available'>({
    statusOf: ({ payment }) => (payment.funds_available ? 'available' : 'awaited'),
    moves: FUNDS_MOVES,
    events: { publish, entity: 'payment', shown, named: () => 'funds_available' },
  });
  return {
    changes: funds.changes,
    tell: (after, before) => {
      if (before?.payment.status === 'success') funds.tell(after, before);
    },
  };
}
