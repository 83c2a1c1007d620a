import type { FastifyInstance } from 'fastify';
import type { CardAuthentication } from '../authentication/card-authentication.js';
import { jsonFields } from '../http/request-body.js';
import { payLinkByCard } from '../payment-links/pay-link.js';
import type { LinkCheckout } from '../payment-links/pay-link.js';
import { BANK_DECISIONS } from '../payments/bank-decision.js';

/** `POST /payment-links/{id}/pay`: its customer pays by a card, and the bank answers. */
export function paymentLinkRoutes(
  app: FastifyInstance,
  checkout: LinkCheckout,
  authentication: CardAuthentication,
): void {
  app.post<{ Params: { id: string } }>('/payment-links/:id/pay', (request) => {
    const fields = jsonFields(request);
    const outcome = fields.oneOf('outcome', BANK_DECISIONS);
    fields.finish();
    const payment = payLinkByCard(checkout.links.find(request.params.id), checkout);
    return { payment_id: authentication.decide(payment, outcome ?? 'approve').id };
  });
}
