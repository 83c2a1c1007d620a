import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Book } from '../books/book.js';
import type { ListFilters } from '../books/read-routes.js';
import { readCustomerFilter } from '../customers/customer-filter.js';
import { hasFault } from '../faults/inject-faults.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { PaymentRecord } from '../payments/payment.js';
import type { ResourceKit } from '../resource-kit.js';
import { newRefund } from './new-refund.js';
import { readNewRefund } from './read-refund.js';
import type { RefundRequest } from './read-refund.js';
import { underReview } from './refund-review.js';
import { grant } from './refund-rules.js';
import type { RefundRecord, RefundStatus } from './refund.js';

/** What the refund routes work on. */
export interface RefundContext extends ResourceKit {
  readonly refunds: Book<RefundRecord>;
  readonly payments: Book<PaymentRecord>;
}

/** Create. */
export function refundCalls(api: FastifyInstance, path: string, context: RefundContext): void {
  api.post(path, (request, reply) => {
    const record = made(readNewRefund(jsonFields(request)), context);
    const { refund } = context.refunds.open(begun(request, record, context));
    reply.code(ANSWERS[refund.status]);
    return refund;
  });
}

const ANSWERS: Readonly<Record<RefundStatus, number>> = {
  success: 201,
  in_progress: 202,
  under_review: 202,
  action_required: 202,
  failed: 422,
  cancelled: 422,
};

/** The state of the payment and what is left of it come before the `request_id` (docs/gateway.md, Order of checks). */
function made(request: RefundRequest, context: RefundContext): RefundRecord {
  const { refunds, payments, account, balances, clock } = context;
  const payment = payments.get(request.paymentId)?.payment;
  if (!payment) throw GatewayError.notFound('Payment');
  if (account.refundDuplicateCheckFirst) refunds.assertNew(request.requestId);
  const earlier = refunds.list().filter(({ refund }) => refund.payment_id === payment.id);
  const granted = grant(request, { payment, earlier, account, balances, now: clock.now() });
  refunds.assertNew(request.requestId);
  return newRefund({ request, payment, earlier, granted }, clock);
}

/** The refund as this account's refunds begin; about one that has failed nobody asks. */
function begun(
  request: FastifyRequest,
  record: RefundRecord,
  context: RefundContext,
): RefundRecord {
  if (hasFault(request, 'refund-fails-at-create')) return failed(record);
  return context.account.refundReview ? underReview(record, context) : record;
}

function failed(record: RefundRecord): RefundRecord {
  return { ...record, refund: { ...record.refund, status: 'failed' } };
}

/** The status filter is of an older description, whose word for `in_progress` is `pending`. */
const STATUS_FILTERS = [
  'success',
  'failed',
  'action_required',
  'pending',
  'in_progress',
  'under_review',
] as const;

/** The query parameters of `GET /refunds`, paging aside. */
export const REFUND_FILTERS: ListFilters<RefundRecord> = {
  names: ['customer_id', 'payment_id', 'payment_method', 'status', 'request_id'],
  read: (query) => {
    const wanted = query.oneOf('status', STATUS_FILTERS);
    const asked = {
      customer_id: readCustomerFilter(query),
      // INFERRED: as of the same filter of customers.
      payment_id: query.matching('payment_id', /^payt_/),
      payment_method: query.text('payment_method'),
      status: wanted === 'pending' ? 'in_progress' : wanted,
      request_id: query.text('request_id'),
    };
    return ({ refund, requestId, paymentMethod }) => {
      const row = { ...refund, payment_method: paymentMethod, request_id: requestId };
      return Object.entries(asked).every(
        ([name, value]) => value === undefined || Reflect.get(row, name) === value,
      );
    };
  },
};
