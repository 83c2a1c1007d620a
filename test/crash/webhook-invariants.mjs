import { createHash } from 'node:crypto';
import { grouped } from '../storm/grouped.mjs';

// What must hold of webhooks: each event that was acknowledged has exactly one row, and nothing else has.
export const webhookInvariants = [
  {
    title: 'every webhook that was answered 200 has exactly one committed row',
    check: ({ deliveries, paymentEvents }) => {
      const rows = grouped(paymentEvents, ({ eventId }) => eventId);
      return acknowledged(deliveries).flatMap(([id, type]) => {
        const count = rows.get(id)?.length ?? 0;
        return count === 1 ? [] : [`${type} ${id} has ${count} rows`];
      });
    },
  },
  {
    title: 'no row without a webhook of the gateway',
    check: ({ deliveries, paymentEvents }) => {
      const told = new Set(deliveries.map(({ body }) => idOf(body)));
      return paymentEvents
        .filter(({ eventId }) => !told.has(eventId))
        .map(({ eventId, type }) => `${type} ${eventId} was never sent`);
    },
  },
  {
    title: 'every event in the inbox has been handled',
    check: ({ inbox }) =>
      inbox
        .filter(({ state }) => state !== 'handled')
        .map(({ id, type, state, error }) => `${type} ${id} is ${state} (${error ?? 'no error'})`),
  },
  {
    title: 'webhooks were told, and taken',
    check: ({ deliveries }) =>
      acknowledged(deliveries).length > 0 ? [] : ['no webhook was answered 200'],
  },
];

// Ids and types of the events of which a delivery was answered 200.
function acknowledged(deliveries) {
  return [
    ...new Map(
      deliveries
        .filter(({ attempts }) => attempts.some(({ status }) => status === 200))
        .map(({ body, type }) => [idOf(body), type]),
    ),
  ];
}

// As the library names an event: byte-identical ones are one.
function idOf(body) {
  return createHash('sha256').update(body).digest('hex');
}
