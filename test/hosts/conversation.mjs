import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { callbackOf, webhookOf } from './signed.mjs';

const card = {
  holderName: 'John Doe',
  number: '4111111111111111',
  expiryMonth: '09',
  expiryYear: '2031',
  cvv: '839',
};
const ready = '/webhooks/glomopay';
const own = '/api/payment/webhook';
const CALLBACK = '/api/payment/callback';
const test = { data: {}, entity_type: 'webhook_test', event_type: 'test' };

const statusOf = async (answer) => (await answer).status;

// What a host of every kind must do, in the order of one payment.
export const conversation = [
  {
    title: 'boots',
    isNeeded: true,
    check: ({ host }) => host.start('/api/payment/outcomes'),
  },
  {
    title: 'keeps its prefix and its global guard',
    check: async ({ host }) => {
      assert.equal(await statusOf(host.fetch('/api/payment/closed')), 403);
      assert.equal(await statusOf(host.fetch('/payment/outcomes')), 404);
    },
  },
  {
    title: 'creates an order and a payment',
    isNeeded: true,
    check: async (subject) => {
      const { host, home } = subject;
      home.webhooks.endpoints = [ready, own].map((path) => `${host.url}${path}`);
      const answer = await host.fetch('/api/checkout', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ reference: 'r1', customerId: home.demoCustomerId, card }),
      });
      assert.equal(answer.status, 201, await answer.clone().text());
      const { orderId, paymentId, redirectUrl } = await answer.json();
      assert.equal(home.payments.get(paymentId).payin_id, orderId);
      assert.equal(home.payments.get(paymentId).requested_amount, 1000);
      assert.equal(new URL(redirectUrl).origin, home.url);
      Object.assign(subject, { orderId, paymentId });
    },
  },
  {
    title: 'answers a forged callback with 401',
    check: async ({ host, orderId, paymentId }) => {
      const forged = callbackOf({ orderId, paymentId }, 'somebody-else');
      assert.equal(await statusOf(host.fetch(CALLBACK + forged)), 401);
    },
  },
  {
    title: 'answers a malformed callback with 400',
    check: async ({ host }) => {
      for (const query of ['', '?order_id=a&payment_id=b&status=success&signature=zz']) {
        assert.equal(await statusOf(host.fetch(CALLBACK + query)), 400);
      }
    },
  },
  {
    title: 'answers a genuine callback with 200 and its payment',
    check: async (subject) => {
      const { host, home, paymentId } = subject;
      const { pathname, search } = new URL(home.completePayment(paymentId, 'approve'));
      assert.equal(pathname, CALLBACK);
      for (let visit = 0; visit < 2; visit += 1) {
        const answer = await host.fetch(pathname + search);
        assert.equal(answer.status, 200);
        assert.deepEqual(await answer.json(), { paymentId, state: 'succeeded' });
      }
    },
  },
  ...[
    [own, 'through the guard on a route of its own'],
    [ready, 'at the ready-made route'],
  ].flatMap(([path, where]) => [
    {
      title: `takes genuine webhooks ${where}`,
      check: async ({ host, home }) => {
        const url = `${host.url}${path}`;
        const results = await home.webhooks.sendTest();
        assert.equal(results.find((result) => result.url === url)?.status, 200);
        await home.webhooks.settled();
        const told = home.webhooks.deliveries().filter((delivery) => delivery.url === url);
        assert.ok(told.some(({ type }) => type === 'payment.success'));
        assert.deepEqual([...new Set(told.map(({ state }) => state))], ['delivered']);
      },
    },
    {
      title: `answers a forged webhook with 401 ${where}`,
      check: async ({ host }) => {
        const forged = webhookOf(test, 'somebody-else');
        assert.equal(await statusOf(host.fetch(path, forged)), 401);
        assert.equal(await statusOf(host.fetch(path, { method: 'POST' })), 400);
      },
    },
  ]),
  {
    title: 'sees the outcome of the payment exactly once',
    check: async ({ host, home }) => {
      for (const { id } of home.webhooks.deliveries()) await home.webhooks.resend(id);
      await home.webhooks.settled();
      // Handlers of the inbox run after the answer.
      await pause(500);
      const outcomes = await (await host.fetch('/api/payment/outcomes')).json();
      assert.deepEqual(outcomes, [{ account: 'default', reference: 'r1', outcome: 'succeeded' }]);
    },
  },
  {
    title: 'keeps two accounts of one factory text apart',
    check: async ({ host, home, emea, orderId, paymentId }) => {
      const signed = (key) => callbackOf({ orderId, paymentId }, key);
      const at = '/api/payment/emea/callback';
      assert.equal(await statusOf(host.fetch(at + signed(emea.secretKey))), 200);
      assert.equal(await statusOf(host.fetch(at + signed(home.secretKey))), 401);
      assert.equal(await statusOf(host.fetch(CALLBACK + signed(emea.secretKey))), 401);
      for (const [path, mine, other] of [
        [ready, home, emea],
        ['/webhooks/emea', emea, home],
      ]) {
        const post = (secret) => statusOf(host.fetch(path, webhookOf(test, secret)));
        assert.equal(await post(mine.webhookSecret), 200);
        assert.equal(await post(other.webhookSecret), 401);
      }
      // No header of the one key has reached the other gateway.
      assert.deepEqual(emea.requests.list(), []);
    },
  },
  {
    title: 'stops by itself, and has printed no secret',
    check: async ({ host, home, emea }) => {
      const ending = await host.stop();
      assert.ok([0, 'SIGTERM'].includes(ending), `it ended with ${ending}`);
      const secrets = [home, emea].flatMap(({ secretKey, webhookSecret }) => [
        secretKey,
        webhookSecret,
      ]);
      for (const secret of [...secrets, card.number, card.cvv]) {
        assert.equal(host.output.includes(secret), false, 'a secret is in the output');
      }
    },
  },
];
