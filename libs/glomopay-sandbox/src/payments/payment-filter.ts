import type { ListFilters } from '../books/read-routes.js';
import { readCustomerFilter } from '../customers/customer-filter.js';
import { GatewayError } from '../http/gateway-error.js';
import type { ListQuery } from '../http/list-query.js';
import type { PaymentRecord } from './payment.js';

/** The query parameters of `GET /payments`, paging aside. */
export const PAYMENT_FILTERS: ListFilters<PaymentRecord> = {
  names: [
    'customer_id',
    'status',
    'compliance_status',
    'payin_id',
    'payment_type',
    'subscription_id',
    'currency',
    'request_id',
  ],
  read: (query) => {
    const checks = checksOf(query);
    if (query.text('payin_id') !== undefined && query.text('subscription_id') !== undefined) {
      // INFERRED text: only the 400 is documented.
      throw GatewayError.badRequest('payin_id and subscription_id cannot be used together');
    }
    return (record) => checks.every((check) => check(record));
  },
};

function checksOf(query: ListQuery): Check[] {
  // INFERRED of a subscription: that the id of another kind is refused is said of payins.
  return [
    byStatus(query),
    same(readCustomerFilter(query), ({ payment }) => payment.customer_id),
    same(query.oneOf('compliance_status', COMPLIANCE_STATUSES), byCompliance),
    same(query.matching('payin_id', /^(plink|order|addfunds)_/), ({ payment }) => payment.payin_id),
    same(query.oneOf('payment_type', PAYIN_TYPES), ({ payment }) => payment.payin_type),
    same(query.matching('subscription_id', /^sub_/), ({ payment }) => payment.subscription_id),
    byCurrency(query.text('currency')?.toUpperCase()),
    same(query.text('request_id'), ({ requestId }) => requestId),
  ];
}

const COMPLIANCE_STATUSES = ['under_review', 'action_required', 'approved', 'rejected'] as const;
const PAYIN_TYPES = ['payment_link', 'orders', 'add_funds'] as const;
const STATUSES = ['success', 'failed', 'action_required', 'in_progress'] as const;

type Check = (record: PaymentRecord) => boolean;

function same(wanted: string | undefined, read: (record: PaymentRecord) => string | null): Check {
  return (record) => wanted === undefined || read(record) === wanted;
}

function byCompliance({ payment }: PaymentRecord): string | null {
  return payment.compliance_status;
}

/** `in_progress` also finds payments under review. */
function byStatus(query: ListQuery): Check {
  const wanted = query.oneOf('status', STATUSES);
  return ({ payment: { status } }) =>
    wanted === undefined ||
    status === wanted ||
    (wanted === 'in_progress' && status === 'under_review');
}

function byCurrency(wanted: string | undefined): Check {
  return ({ payment }) =>
    wanted === undefined ||
    payment.requested_currency === wanted ||
    payment.converted_currency === wanted;
}
