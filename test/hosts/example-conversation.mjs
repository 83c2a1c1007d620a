import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { callbackOf, webhookOf } from './signed.mjs';

export const card = {
  holderName: 'John Doe',
  number: '4111111111111111',
  expiryMonth: '09',
  expiryYear: '2031',
  cvv: '839',
};
const test = { data: {}, entity_type: 'webhook_test', event_type: 'test' };

// What an example must do: for each of its accounts one payment from the checkout to the purchase.
export function exampleConversation(sides) {
  return [
    { title: 'boots', isNeeded: true, check: ({ host }) => host.start('/purchases') },
    ...sides.flatMap(paymentOf),
    {
      title: 'has one purchase for each payment',
      check: async ({ host }) => {
        for (const { gateway } of sides) await gateway.webhooks.settled();
        // Handlers of the inbox run after the answer.
        await pause(500);
        const purchases = await (await host.fetch('/purchases')).json();
        const found = purchases.map(({ reference, outcome }) => `${reference} ${outcome}`);
        const expected = sides.map(({ prefix }) => `${prefix} succeeded`);
        assert.deepEqual(found.toSorted(), expected.toSorted());
      },
    },
    {
      title: 'stops by itself',
      check: async ({ host }) => assert.ok([0, 'SIGTERM'].includes(await host.stop())),
    },
  ];
}

function paymentOf({ prefix, checkout, callback, webhook, gateway }) {
  let paid;
  return [
    {
      title: `${prefix}: creates an order and a payment`,
      isNeeded: true,
      check: async ({ host }) => {
        gateway.webhooks.endpoints = [`${host.url}${webhook}`];
        const body = { reference: prefix, customerId: gateway.demoCustomerId, card };
        const answer = await host.fetch(checkout, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        assert.equal(answer.status, 201, await answer.clone().text());
        const { paymentId } = await answer.json();
        paid = { paymentId, orderId: gateway.payments.get(paymentId).payin_id };
      },
    },
    {
      title: `${prefix}: refuses what nobody signed`,
      check: async ({ host }) => {
        const forged = callbackOf(paid, 'somebody-else');
        assert.equal((await host.fetch(callback + forged)).status, 401);
        assert.equal((await host.fetch(callback)).status, 400);
        assert.equal((await host.fetch(webhook, webhookOf(test, 'somebody-else'))).status, 401);
      },
    },
    {
      title: `${prefix}: takes the callback and the webhook of the payment`,
      check: async ({ host }) => {
        const { pathname, search } = new URL(gateway.completePayment(paid.paymentId, 'approve'));
        const answer = await host.fetch(pathname + search);
        assert.equal(answer.status, 200);
        const state = { paymentId: paid.paymentId, state: 'succeeded' };
        assert.deepEqual(await answer.json(), state);
        await gateway.webhooks.settled();
        const states = gateway.webhooks.deliveries().map((delivery) => delivery.state);
        assert.deepEqual([...new Set(states)], ['delivered']);
      },
    },
  ];
}
