import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import type { Moves } from '../books/lifecycle.js';
import type { ResourceKit } from '../resource-kit.js';
import { PAYMENT } from './payment.js';
import type { PaymentRecord, PaymentStatus } from './payment.js';

const MOVES: Moves<PaymentStatus> = {
  in_progress: ['success', 'failed', 'action_required'],
  action_required: ['under_review', 'success'],
  under_review: ['success', 'failed'],
  success: [],
  failed: [],
};

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
          events: { publish, entity: 'payment', shown: ({ payment }) => payment },
        }),
      ],
    },
    clock,
  );
}
