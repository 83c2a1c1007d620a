import { action } from '../books/actions.js';
import type { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import type { Fields } from '../http/fields.js';
import type { PaymentRecord } from '../payments/payment.js';
import type { ResourceKit } from '../resource-kit.js';
import { readRfiAnswers } from '../rfi/read-answers.js';
import { REFUND_BOARD } from './refund-board.js';
import { cannotBecome, moveRefund, refundBook } from './refund-book.js';
import { answerReview } from './refund-review.js';
import type { Refund, RefundRecord } from './refund.js';
import { REFUND_FILTERS, refundCalls } from './refunds.routes.js';

/** `/api/v1/refunds`: create, list, get, the answer to a review, and the bank's. */
export function refundResource(
  kit: ResourceKit,
  payments: Book<PaymentRecord>,
): Resource<RefundRecord, Refund> {
  const { clock } = kit;
  const refunds = refundBook(kit);
  return new Resource<RefundRecord, Refund>({
    book: refunds,
    shown: ({ refund }) => refund,
    paths: ['/refunds'],
    filters: REFUND_FILTERS,
    calls: (api, path) => refundCalls(api, path, { ...kit, refunds, payments }),
    actions: {
      'PATCH update_rfi': action(
        (fields) => readRfiAnswers(fields, 'id'),
        (record, answers) => answerReview(record, answers, { ...kit, refunds }),
      ),
    },
    mocks: {
      'PATCH mock_update_status': action(readOutcome, (record, status) => {
        const isEarly = status === 'success' && clock.now() < record.sentAt;
        if (isEarly || record.refund.status !== 'in_progress') throw cannotBecome(status);
        return moveRefund(refunds, record, { status }, clock);
      }),
    },
    summary: summaryOf,
    board: REFUND_BOARD,
  });
}

/** What a bank makes of a refund. */
function readOutcome(fields: Fields): 'success' | 'failed' {
  return fields.requiredOneOf('status', ['success', 'failed']);
}

function summaryOf({ refund, requestId: request_id }: RefundRecord): object {
  const { id, payment_id, status, amount, currency, partial_refund, created_at } = refund;
  return { id, payment_id, status, amount, currency, partial_refund, request_id, created_at };
}
