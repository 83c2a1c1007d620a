import type { ListFilters } from '../books/read-routes.js';
import { PAYOUT_STATUSES } from './payout.js';
import type { PayoutRecord } from './payout.js';

/** INFERRED: the last one is an older word, for those whose answer compliance reads. */
const STATUS_FILTERS = [...PAYOUT_STATUSES, 'under_review'] as const;

/** The query parameters of `GET /payouts`, paging aside. */
export const PAYOUT_FILTERS: ListFilters<PayoutRecord> = {
  names: ['beneficiary_id', 'status', 'request_id'],
  read: (query) => {
    // INFERRED: that the id of another kind is refused.
    const beneficiary = query.matching('beneficiary_id', /^bene_/);
    const status = query.oneOf('status', STATUS_FILTERS);
    const requestId = query.text('request_id');
    return ({ payout, isUnderReview }) =>
      (beneficiary === undefined || payout.beneficiary_id === beneficiary) &&
      (requestId === undefined || payout.request_id === requestId) &&
      (status === undefined ||
        (status === 'under_review' ? isUnderReview : payout.status === status));
  },
};
