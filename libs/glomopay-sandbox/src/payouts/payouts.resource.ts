import type { Beneficiary } from '../beneficiaries/beneficiary.js';
import { action, noBody } from '../books/actions.js';
import type { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { QuoteRecord } from '../quotes/quote.js';
import type { ResourceKit } from '../resource-kit.js';
import { readRfiAnswers } from '../rfi/read-answers.js';
import { mockPayout, readMock } from './mock-payout.js';
import { PAYOUT_BOARD } from './payout-board.js';
import { payoutBook } from './payout-book.js';
import { payoutCalls } from './payout-calls.js';
import { movePayout } from './payout-desk.js';
import { PAYOUT_FILTERS } from './payout-filter.js';
import { PayoutQueue } from './payout-queue.js';
import { answerReview } from './payout-review.js';
import { isCancellable } from './payout.js';
import type { Payout, PayoutRecord } from './payout.js';

/** `/api/v1/payouts`: create, list, get, cancel, the older answer to an RFI, and the rail as a mock. */
export function payoutResource(
  kit: ResourceKit,
  beneficiaries: Book<Beneficiary>,
  quotes: Book<QuoteRecord>,
): Resource<PayoutRecord, Payout> {
  const payouts = payoutBook(kit, (record) => queue.add(record));
  const desk = { ...kit, payouts, beneficiaries, quotes };
  const queue = new PayoutQueue(desk);
  return new Resource<PayoutRecord, Payout>({
    book: payouts,
    shown: ({ payout }) => payout,
    paths: ['/payouts'],
    filters: PAYOUT_FILTERS,
    calls: (api, path, { environment }) => {
      payoutCalls(api, path, desk);
      if (environment !== 'sandbox') return;
      api.patch(
        `${path}/mock`,
        (request) => mockPayout(readMock(jsonFields(request)), desk).payout,
      );
    },
    actions: {
      'PATCH cancel': action(noBody, (record) => {
        if (!isCancellable(record)) {
          throw GatewayError.badRequest('Payout cannot be cancelled in its current state');
        }
        return movePayout(desk, record, { status: 'cancelled' }, { isUnderReview: false });
      }),
      'PATCH update_rfi': action(
        (fields) => readRfiAnswers(fields, 'id'),
        (record, answers) => answerReview(record, answers, desk),
      ),
    },
    summary: summaryOf,
    board: PAYOUT_BOARD,
  });
}

function summaryOf({ payout, isUnderReview: under_review }: PayoutRecord): object {
  const { id, beneficiary_id, status, error_code, request_id, created_at } = payout;
  const { source_amount, source_currency, destination_amount, destination_currency } = payout;
  return {
    id,
    beneficiary_id,
    status,
    under_review,
    error_code,
    source_amount,
    source_currency,
    destination_amount,
    destination_currency,
    request_id,
    created_at,
  };
}
