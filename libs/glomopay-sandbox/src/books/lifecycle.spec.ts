import { describe, expect, it } from '@jest/globals';
import { GatewayError } from '../http/gateway-error.js';
import type { WebhookEvent } from '../webhooks/webhook-event.js';
import { lifecycle } from './lifecycle.js';

interface Row {
  readonly status: 'active' | 'expired' | 'paid';
}

function aLifecycle() {
  const published: WebhookEvent[] = [];
  const orders = lifecycle<Row, Row['status']>({
    statusOf: ({ status }) => status,
    moves: { active: ['expired', 'paid'], expired: ['paid'], paid: [] },
    refusal: (from, to) =>
      GatewayError.badRequest(`Order cannot be ${to} from current state: ${from}`),
    events: {
      publish: (event) => published.push(event),
      entity: 'orders',
      shown: ({ status }) => ({ shown: status }),
      atOpen: ['expired'],
    },
  });
  return { orders, published };
}

describe('lifecycle', () => {
  it('knows what may follow what, in the words it was given', () => {
    const { orders } = aLifecycle();
    expect(orders.changes({ status: 'active' }, { status: 'paid' })).toBe(true);
    expect(orders.changes({ status: 'paid' }, { status: 'paid' })).toBe(false);
    expect(() => orders.changes({ status: 'paid' }, { status: 'expired' })).toThrow(
      'Order cannot be expired from current state: paid',
    );
  });

  it('tells a status of the catalogue, with the state before when that is in it too', () => {
    const { orders, published } = aLifecycle();
    orders.tell({ status: 'active' }, { status: 'expired' });
    orders.tell({ status: 'expired' }, { status: 'active' });
    orders.tell({ status: 'paid' }, { status: 'expired' });
    const expired = { entityType: 'orders', eventType: 'expired', data: { shown: 'expired' } };
    expect(published).toEqual([
      expired,
      { entityType: 'orders', eventType: 'paid', data: { shown: 'paid' }, earlier: expired },
    ]);
  });

  it('tells of an opened object only where it is asked to', () => {
    const { orders, published } = aLifecycle();
    orders.tell({ status: 'paid' });
    orders.tell({ status: 'expired' });
    expect(published.map(({ eventType }) => eventType)).toEqual(['expired']);
  });
});
