import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { aPayment, read, useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';
import { useReceivers } from '../../test/receiver.js';
import type { Arrival } from '../../test/receiver.js';

const client = useSandbox({ clock: new ManualClock() });
const receiver = useReceivers();

async function listening() {
  const merchant = await receiver();
  const { sandbox } = client();
  sandbox.webhooks.endpoints = [merchant.url];
  return { merchant, sandbox };
}

async function pay(): Promise<string> {
  const { paymentId } = await client().payment();
  client().sandbox.completePayment(paymentId, 'approve');
  await client().sandbox.webhooks.settled();
  return paymentId;
}

function isAuthentic({ body, headers }: Arrival): boolean {
  const { webhookSecret } = client().sandbox;
  const digest = createHmac('sha256', webhookSecret).update(body).digest('hex');
  return headers['x-glomopay-signature'] === digest;
}

describe('webhook-duplicate', () => {
  it('delivers one event twice, byte for byte and at the same time', async () => {
    const { merchant, sandbox } = await listening();
    sandbox.faults.next('webhook payment.success', 'webhook-duplicate');
    let open = 0;
    const both = new Promise<void>((resolve) => {
      merchant.behaviours.push(...Array<typeof meet>(2).fill(meet));
      function meet(response: { end: () => unknown }): void {
        open += 1;
        if (open === 2) resolve();
        void both.then(() => response.end());
      }
    });
    await pay();
    expect(merchant.types).toEqual(['payment.success', 'payment.success', 'orders.paid']);
    expect(merchant.arrivals[1]).toMatchObject({ body: merchant.arrivals[0]?.body });
    expect(sandbox.webhooks.events()).toHaveLength(2);
    expect(sandbox.webhooks.deliveries()).toHaveLength(3);
  });
});

describe('webhook-delayed', () => {
  it('delivers an event later, on the sandbox’s clock, and lets others pass', async () => {
    const { merchant, sandbox } = await listening();
    sandbox.faults.next('webhook payment.success', 'webhook-delayed', { delayMs: 5000 });
    await pay();
    expect(merchant.types).toEqual(['orders.paid']);
    await sandbox.clock.advance(4999);
    expect(merchant.types).toEqual(['orders.paid']);
    await sandbox.clock.advance(1);
    expect(merchant.types).toEqual(['orders.paid', 'payment.success']);
  });
});

describe('webhook-reordered', () => {
  it('holds an event back until the next one has been sent', async () => {
    const { merchant, sandbox } = await listening();
    sandbox.faults.next('webhook payment.success', 'webhook-reordered');
    await pay();
    expect(merchant.types).toEqual(['orders.paid', 'payment.success']);
    expect(sandbox.webhooks.deliveries()).toMatchObject([
      { type: 'orders.paid', state: 'delivered' },
      { type: 'payment.success', state: 'delivered' },
    ]);
  });

  it('keeps it while no other follows, and a resend sends it', async () => {
    const { merchant, sandbox } = await listening();
    sandbox.faults.next('webhook orders.paid', 'webhook-reordered');
    await pay();
    await sandbox.clock.advance(3_600_000);
    expect(merchant.types).toEqual(['payment.success']);
    const [held] = sandbox.webhooks.deliveries();
    expect(held).toMatchObject({ state: 'pending', attempts: [], nextAttemptAt: null });
    await sandbox.webhooks.resend(held?.id ?? '');
    sandbox.webhooks.emit('refund', 'success', { id: 'refund_1' });
    await sandbox.webhooks.settled();
    expect(merchant.types).toEqual(['payment.success', 'orders.paid', 'refund.success']);
  });
});

describe('webhook-stale-snapshot', () => {
  it('tells the state before the outcome after the outcome', async () => {
    const { merchant, sandbox } = await listening();
    sandbox.faults.next('webhook', 'webhook-stale-snapshot');
    const id = await pay();
    expect(merchant.types).toEqual(['payment.success', 'payment.in_progress', 'orders.paid']);
    const snapshots = merchant.arrivals.map(({ body }) => JSON.parse(body).data);
    expect(snapshots[1]).toMatchObject({ id, status: 'in_progress', paid_at: null });
    expect(merchant.arrivals.map(isAuthentic)).toEqual([true, true, true]);
  });

  it('waits for an event that has a state before', async () => {
    const { sandbox } = await listening();
    sandbox.faults.next('webhook', 'webhook-stale-snapshot');
    sandbox.webhooks.emit('refund', 'success', { id: 'refund_1' });
    expect(sandbox.faults.pending).toBe(1);
  });
});

describe('webhook-wrong-signature', () => {
  it('signs the first attempt with a secret nobody knows, and the retry rightly', async () => {
    const { merchant, sandbox } = await listening();
    sandbox.faults.next('webhook payment.success', 'webhook-wrong-signature');
    merchant.behaviours.push(401);
    await pay();
    await sandbox.clock.advance(60_000);
    expect(merchant.types).toEqual(['payment.success', 'orders.paid', 'payment.success']);
    expect(merchant.arrivals.map(isAuthentic)).toEqual([false, true, true]);
    expect(merchant.arrivals[0]?.headers['x-glomopay-signature']).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('webhook-before-answer', () => {
  it('delivers the outcome before the payment is answered, which looks as always', async () => {
    const { merchant, sandbox } = await listening();
    const orderId = await client().order();
    sandbox.faults.next('POST /api/v1/payments', 'webhook-before-answer');
    const seen: (number | null | undefined)[] = [];
    const look = (response: { end: () => unknown }) => {
      const [, create] = sandbox.requests.list();
      seen.push(create?.status);
      setTimeout(() => response.end(), 20);
    };
    merchant.behaviours.push(look, look);
    const answer = await client().post('/api/v1/payment', aPayment(orderId));
    expect(seen).toEqual([null, null]);
    expect(merchant.types).toEqual(['payment.success', 'orders.paid']);
    expect(answer.json).toMatchObject({
      status: 'pending',
      next_steps: [{ action: 'redirect' }, { action: 'poll' }],
    });
    expect(sandbox.payments.get(read(answer.json, 'payment_id'))?.status).toBe('success');
  });

  it('does nothing to a payment that is refused', async () => {
    const { merchant, sandbox } = await listening();
    sandbox.faults.next('POST /api/v1/payments', 'webhook-before-answer');
    const answer = await client().post('/api/v1/payments', {});
    expect([answer.status, merchant.types]).toEqual([400, []]);
  });
});
