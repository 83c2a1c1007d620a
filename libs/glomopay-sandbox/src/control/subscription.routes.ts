import type { FastifyInstance } from 'fastify';
import type { Book } from '../books/book.js';
import { jsonOrNoFields } from '../http/request-body.js';
import type { SubscriptionRecord } from '../subscriptions/subscription.js';

/** Lets the bank decline the next charge of a subscription. */
export function subscriptionRoutes(
  app: FastifyInstance,
  subscriptions: Book<SubscriptionRecord>,
): void {
  app.post<{ Params: { id: string } }>('/subscriptions/:id/decline-next-charge', (request) => {
    jsonOrNoFields(request).finish();
    const { id } = subscriptions.find(request.params.id);
    subscriptions.move(id, { declinesNext: true });
    return { id, declinesNext: true };
  });
}
