import { describe, expect, it } from '@jest/globals';
import { aCard, read, useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';

const client = useSandbox({ clock: new ManualClock() });

/** The first payment of a subscription that was signed up for. */
async function signedUp(change: object = {}, decision: 'approve' | 'decline' = 'approve') {
  const { sandbox } = client();
  const plan = await client().post('/api/v1/subscriptions', {
    customer_id: sandbox.demoCustomerId,
    product_name: 'Box',
    product_description: 'A box',
    amount: 1000,
    currency: 'USD',
    interval_type: 'month',
    interval_count: 1,
    billing_cycles: 12,
    start_date: '2026-03-20',
    expires_at: '2026-03-20',
    notify_customer: false,
    starts_with_first_payment: false,
    ...change,
  });
  const { json } = await client().post('/api/v1/payments', {
    subscription_id: read(plan.json, 'id'),
    method: 'card',
    card: aCard(),
    callback_url: 'https://shop.example/back',
  });
  const paymentId = read(json, 'payment_id');
  sandbox.completePayment(paymentId, decision);
  sandbox.completePayment(paymentId, 'approve');
  return paymentId;
}

describe('the payment that verifies the card of a subscription', () => {
  it('is given back by the gateway, once', async () => {
    const paymentId = await signedUp();
    expect(client().sandbox.refunds.list()).toMatchObject([
      {
        payment_id: paymentId,
        reason: 'Refunded For Subscription Verification',
        status: 'in_progress',
        partial_refund: false,
        balance_used: { amount: 100, currency: 'USD' },
      },
    ]);
    expect((await client().refund(paymentId)).status).toBe(400);
  });

  it.each([
    ['it is a charge of the plan', { starts_with_first_payment: true }],
    [
      'the merchant charges',
      {
        interval_type: 'as_presented',
        interval_count: undefined,
        billing_cycles: undefined,
        start_date: undefined,
        max_amount: 5000,
        starts_with_first_payment: true,
      },
    ],
  ])('is not given back where %s', async (_, change) => {
    await signedUp(change);
    expect(client().sandbox.payments.list()).toMatchObject([{ status: 'success' }]);
    expect(client().sandbox.refunds.list()).toEqual([]);
  });

  it('is not given back when it was declined, or the balance does not reach', async () => {
    await signedUp({}, 'decline');
    const { balances } = client().sandbox;
    balances.debit({ amount: balances.amountOf('USD'), currency: 'USD' });
    const paymentId = await signedUp();
    expect(client().sandbox.payments.get(paymentId)?.status).toBe('success');
    expect(client().sandbox.refunds.list()).toEqual([]);
  });

  it('has a reason that no merchant can send', async () => {
    const reason = 'Refunded For Subscription Verification';
    expect((await client().refund(await client().paid(), { reason })).status).toBe(400);
  });
});
