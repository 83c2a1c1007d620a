import type { FastifyInstance } from 'fastify';
import type { CardAuthentication } from '../authentication/card-authentication.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields, jsonOrNoFields } from '../http/request-body.js';
import { startRemittance } from '../lrs/remit.js';
import type { RemitContext } from '../lrs/remit.js';
import { BANK_DECISIONS } from '../payments/bank-decision.js';

/** A customer remits at the checkout, and the bank answers: nothing else does either. */
export function remittanceRoutes(
  app: FastifyInstance,
  context: RemitContext,
  authentication: CardAuthentication,
): void {
  app.post<{ Params: { id: string } }>('/orders/:id/remit', (request, reply) => {
    const order = context.orders.find(request.params.id);
    jsonOrNoFields(request).finish();
    reply.code(201);
    return { payment_id: startRemittance(order, context).id };
  });

  app.post<{ Params: { id: string } }>('/remittances/:id/complete', (request) => {
    const record = context.payments.find(request.params.id);
    const fields = jsonFields(request);
    const outcome = fields.requiredOneOf('outcome', BANK_DECISIONS);
    fields.finish();
    if (!record.isRemittance) throw GatewayError.badRequest('Payment is not a remittance');
    return authentication.decide(record, outcome).payment;
  });
}
