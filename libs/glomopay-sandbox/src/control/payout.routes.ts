import type { FastifyInstance } from 'fastify';
import { jsonFields } from '../http/request-body.js';
import { BANK_DECISIONS } from '../payments/bank-decision.js';
import { approvedPayout, completedPayout } from '../payouts/decide-payout.js';
import type { PayoutDesk } from '../payouts/payout-desk.js';
import { RAIL_ERROR_CODES } from '../payouts/payout.js';

/** The second person in the dashboard approves a payout, and the bank answers it. */
export function payoutRoutes(app: FastifyInstance, desk: PayoutDesk): void {
  const { payouts } = desk;

  app.post<{ Params: { id: string } }>('/payouts/:id/approve', (request) => {
    const record = payouts.find(request.params.id);
    const fields = jsonFields(request);
    const outcome = fields.requiredOneOf('outcome', BANK_DECISIONS);
    fields.finish();
    return approvedPayout(record, outcome, desk).payout;
  });

  app.post<{ Params: { id: string } }>('/payouts/:id/complete', (request) => {
    const record = payouts.find(request.params.id);
    const fields = jsonFields(request);
    const decision = fields.requiredOneOf('outcome', BANK_DECISIONS);
    const errorCode = fields.oneOf('error_code', RAIL_ERROR_CODES);
    fields.finish();
    return completedPayout(record, { decision, errorCode }, desk).payout;
  });
}
