import type { FastifyInstance } from 'fastify';
import { action, actionRoutes } from '../books/actions.js';
import { readRfiAnswers } from '../rfi/read-answers.js';
import { connectPayin, eligiblePayins } from './connect-payin.js';
import type { ConnectContext } from './connect-payin.js';
import type { PaymentRecord } from './payment.js';

/** The calls on one payment, which are documented below `/payment` alone. */
export function paymentActions(api: FastifyInstance, path: string, context: ConnectContext): void {
  const { payments, payins, rfis } = context;

  api.get<{ Params: { id: string } }>(`${path}/:id/eligible-payins`, (request) => ({
    // INFERRED, but for the ids.
    data: eligiblePayins(payments.find(request.params.id), payins).map(({ id }) => ({ id })),
  }));

  actionRoutes<PaymentRecord>(
    api,
    path,
    { book: payments, shown: ({ payment }) => payment },
    {
      'POST connect-payin': action(
        // INFERRED name.
        (fields) => fields.requiredText('payin_id'),
        (record, payinId) => connectPayin(record, payinId, context),
      ),
      'PATCH update_rfi': action(
        (fields) => readRfiAnswers(fields, 'id'),
        ({ id }, answers) => {
          rfis.answerAbout(id, answers, 'payment');
          return payments.find(id);
        },
      ),
    },
  );
}
