import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasFault } from '../faults/inject-faults.js';
import { jsonFields } from '../http/request-body.js';
import type { ResourceKit } from '../resource-kit.js';
import { usableQuote, useQuote } from '../quotes/usable-quote.js';
import { newPayout } from './new-payout.js';
import { costOf, poolOf } from './payout-desk.js';
import type { PayoutDesk } from './payout-desk.js';
import { askAbout } from './payout-review.js';
import { payeeOf, termsOf } from './payout-rules.js';
import type { PayoutTerms } from './payout-rules.js';
import type { PayoutRecord, PayoutStatus } from './payout.js';
import { readNewPayout } from './read-payout.js';
import type { PayoutRequest } from './read-payout.js';
import { isScreenedOut } from './submit.js';

/** What making a payout works on. */
export interface NewPayoutContext extends PayoutDesk, Pick<ResourceKit, 'rates'> {}

/** Create: 201 whatever the payout begins with. */
export function payoutCalls(api: FastifyInstance, path: string, context: NewPayoutContext): void {
  api.post(path, (request, reply) => {
    const asked = readNewPayout(jsonFields(request), context.account);
    const terms = agree(asked, context);
    const record = newPayout(asked, terms, {
      status: statusOf(request, asked, context),
      ...context,
    });
    const { payout } = open(record, context);
    reply.code(201);
    return payout;
  });
}

/** The state of the quote comes before the `request_id`, the rest where the account says (docs/gateway.md, Order of checks). */
function agree(asked: PayoutRequest, context: NewPayoutContext): PayoutTerms {
  const { payouts, beneficiaries, quotes, rates, account, balances, clock } = context;
  const { way, requestId } = asked;
  const quote =
    'quoteId' in way
      ? usableQuote(quotes, clock, { id: way.quoteId, resource: 'payout' })
      : undefined;
  if (!account.duplicateCheckLast) payouts.assertNew(requestId);
  const payee = payeeOf(asked.beneficiaryId, beneficiaries);
  const terms = termsOf(asked, payee, { quote, rates });
  if (!account.payoutQueueing) {
    const cost = { amount: terms.source_amount, currency: terms.source_currency };
    balances.assertCovers(cost, poolOf(context));
  }
  payouts.assertNew(requestId);
  return terms;
}

/** INFERRED: it is approved before it is queued, and submitted after both. */
function statusOf(
  request: FastifyRequest,
  { beneficiaryId }: PayoutRequest,
  context: NewPayoutContext,
): PayoutStatus {
  const { account } = context;
  if (hasFault(request, 'payout-fails-at-create')) return 'failed';
  if (account.makerChecker) return 'pending_approval';
  if (account.payoutQueueing) return 'queued';
  return isScreenedOut(beneficiaryId, context) ? 'action_required' : 'in_progress';
}

function open(record: PayoutRecord, context: NewPayoutContext): PayoutRecord {
  const { payouts, balances, quotes } = context;
  const { status, quote_id } = record.payout;
  if (status === 'in_progress') balances.hold(record.id, costOf(record), poolOf(context));
  const opened = payouts.open(record);
  if (quote_id !== null) useQuote(quotes, { id: quote_id }, opened.id);
  if (status === 'action_required') askAbout(opened.id, context);
  return opened;
}
