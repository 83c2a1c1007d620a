import { describe, expect, it } from '@jest/globals';
import { aCard, aPayment, read, TestClient } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';
import { Receiver } from '../../test/receiver.js';
import { GlomopaySandbox } from '../index.js';

const DAY_MS = 86_400_000;

/** A year of a merchant, walked through in steps of so many milliseconds. */
async function aYear(steps: readonly number[]) {
  const receiver = await Receiver.start();
  const sandbox = await GlomopaySandbox.start({
    clock: new ManualClock(),
    webhookUrl: receiver.url,
    account: { screening: { card: true, transfer: false } },
  });
  const client = new TestClient(sandbox);
  try {
    await begin(client);
    for (const step of steps) await sandbox.clock.advance(step);
    await sandbox.webhooks.settled();
    return {
      told: sandbox.webhooks
        .events()
        .map(({ type, emittedAt }) => `${type} ${emittedAt}`)
        .toReversed(),
      // Of different objects they may overtake each other on the way.
      arrived: receiver.types.toSorted(),
      subscriptions: sandbox.subscriptions
        .list()
        .map(({ status, next_payment_date: next }) => [status, next]),
      payments: sandbox.payments
        .list()
        .map(({ status, created_at: at, compliance_status: c }) => [status, at, c]),
      refunds: sandbox.refunds.list().map(({ status, updated_at: at }) => [status, at]),
      orders: sandbox.orders.list().map(({ status, updated_at: at }) => [status, at]),
      links: sandbox.paymentLinks.list().map(({ status, updated_at: at }) => [status, at]),
      rfis: sandbox.rfis.list().map(({ status, response_deadline: at }) => [status, at]),
      usd: sandbox.balances.amountOf('USD'),
      pending: sandbox.balances.amountOf('USD', 'pending'),
    };
  } finally {
    await sandbox.stop();
    await receiver.stop();
  }
}

async function begin(client: TestClient): Promise<void> {
  const { sandbox } = client;
  const signUp = async (change: object) => {
    const { json, status } = await client.post('/api/v1/subscriptions', {
      customer_id: sandbox.demoCustomerId,
      product_name: 'Box',
      product_description: 'A box',
      amount: 1000,
      currency: 'USD',
      interval_type: 'month',
      interval_count: 1,
      billing_cycles: 6,
      start_date: '2026-03-31',
      expires_at: '2026-03-20',
      notify_customer: false,
      starts_with_first_payment: false,
      ...change,
    });
    expect([status, json]).toMatchObject([201, {}]);
    return read(json, 'id');
  };
  const pay = async (id: string) => {
    const body = {
      subscription_id: id,
      method: 'card',
      card: aCard(),
      callback_url: 'https://s.example/x',
    };
    const { json } = await client.post('/api/v1/payments', body);
    sandbox.completePayment(read(json, 'payment_id'), 'approve');
  };
  await pay(await signUp({}));
  await pay(
    await signUp({ interval_count: 3, billing_cycles: 12, starts_with_first_payment: true }),
  );
  const declined = await signUp({ billing_cycles: 12 });
  await pay(declined);
  sandbox.declineNextCharge(declined);
  await signUp({});
  await client.order();
  const held = await client.order({ amount: 6623 });
  const { json } = await client.post('/api/v1/payments', aPayment(held));
  sandbox.completePayment(read(json, 'payment_id'), 'approve');
  const answered = await client.paid({ amount: 6623 });
  const rfi = sandbox.payments.get(answered)?.rfi;
  await client.call('PATCH', `/api/v1/rfis/${rfi?.id}/respond`, {
    documents: rfi?.documents_required?.map(({ rfi_doc_id }) => ({ rfi_doc_id, doc_id: 'doc_1' })),
  });
  const refunded = await client.paid();
  const refund = read((await client.refund(refunded)).json, 'id');
  sandbox.completeRefund(refund, 'approve');
  await client.refund(await client.paid());
  await client.post('/api/v1/payin', {
    customer_id: sandbox.demoCustomerId,
    amount: 1000,
    currency: 'USD',
    expires_at: '2026-05-01T00:00:00Z',
  });
}

describe('a year', () => {
  it('is the same at once, day by day, and in uneven steps', async () => {
    const atOnce = await aYear([365 * DAY_MS]);
    const byDay = await aYear(Array<number>(365).fill(DAY_MS));
    const uneven = [1, 4999, 1, 59_999, 3 * 3_600_000 + 7, 40 * DAY_MS];
    const rest = 365 * DAY_MS - uneven.reduce((sum, each) => sum + each, 0);
    const inSteps = await aYear([...uneven, rest]);
    expect(byDay).toEqual(atOnce);
    expect(inSteps).toEqual(atOnce);
    expect(atOnce.arrived).toEqual(atOnce.told.map((each) => each.split(' ')[0]).toSorted());
    expect(atOnce.told.join()).toMatch(
      /subscription\.completed.*orders\.expired|orders\.expired.*subscription\.completed/,
    );
  });
});
