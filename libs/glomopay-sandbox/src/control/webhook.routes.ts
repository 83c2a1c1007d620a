import type { FastifyInstance } from 'fastify';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { SandboxWebhooks } from '../webhooks/sandbox-webhooks.js';
import { refusingTypeErrors } from './refusing-type-errors.js';

/** Endpoints, deliveries, resend, the dashboard's test, and events that nothing here produces. */
export function webhookRoutes(app: FastifyInstance, webhooks: SandboxWebhooks): void {
  deliveryRoutes(app, webhooks);

  app.post('/webhooks/endpoints', (request) => {
    const fields = jsonFields(request);
    const urls = fields.texts('urls') ?? [];
    fields.require('urls');
    fields.finish();
    refusingTypeErrors(() => {
      webhooks.endpoints = urls;
    });
    return { endpoints: webhooks.endpoints };
  });

  app.post('/webhooks/test', () => {
    if (webhooks.endpoints.length === 0) throw GatewayError.badRequest('There is no endpoint yet');
    return webhooks.sendTest().then((results) => ({ results }));
  });

  app.post('/webhooks/emit', (request, reply) => {
    const fields = jsonFields(request);
    const entityType = fields.requiredText('entityType');
    const eventType = fields.requiredText('eventType');
    const data = fields.anyObject('data') ?? {};
    const allowUnknown = fields.flag('allowUnknown') ?? false;
    fields.finish();
    reply.code(201);
    return refusingTypeErrors(() => webhooks.emit(entityType, eventType, data, { allowUnknown }));
  });
}

function deliveryRoutes(app: FastifyInstance, webhooks: SandboxWebhooks): void {
  app.get('/deliveries', () => ({ deliveries: webhooks.deliveries() }));

  app.post<{ Params: { id: string } }>('/deliveries/:id/resend', (request) => {
    const { id } = request.params;
    if (!webhooks.delivery(id)) throw GatewayError.notFound('Delivery');
    return webhooks.resend(id);
  });
}
