import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { card } from './example-conversation.mjs';

const WAIT_MS = 60_000;

// What an example of an outbox must do: an outcome becomes a message, whatever becomes of the broker.
export function outboxConversation([side], broker) {
  const { gateway } = side;
  let first;
  return [
    {
      title: 'boots while the broker is away',
      isNeeded: true,
      check: async ({ host }) => {
        await broker.open();
        await host.start('/purchases');
        gateway.webhooks.endpoints = [`${host.url}${side.webhook}`];
      },
    },
    {
      title: 'records an outcome without it, and parks nothing',
      isNeeded: true,
      check: async ({ host }) => {
        first = await pay(host, side, 'first');
        await until(async () => (await purchases(host)).includes('first succeeded'));
        // Tries are made meanwhile, and fail.
        await pause(1_500);
        assert.equal(await broker.next(), undefined);
        assert.deepEqual(await get(host, '/parked'), []);
      },
    },
    {
      title: 'tells the broker when it is back, once, under an id that stays',
      isNeeded: true,
      check: async () => {
        await broker.line.mend();
        const { id, ...message } = await arrived(broker);
        const body = {
          reference: 'first',
          kind: 'payment',
          outcome: 'succeeded',
          paymentId: first,
          amount: 1000,
          currency: 'USD',
        };
        assert.deepEqual(message, { isDurable: true, topic: 'payment.succeeded', body });
        assert.match(id, /^default:after-[0-9a-f]{64}$/);
        if (broker.drops !== undefined) assert.equal(await broker.drops(id), true);
        assert.equal(await broker.next(), undefined);
      },
    },
    {
      title: 'goes on after the line was cut in the middle',
      isNeeded: true,
      check: async ({ host }) => {
        await broker.line.cut();
        await pay(host, side, 'second');
        await pause(500);
        await broker.line.mend();
        assert.equal((await arrived(broker)).body.reference, 'second');
      },
    },
    {
      title: 'parks what no queue and no stream takes, for a person',
      check: async ({ host }) => {
        await host.stop();
        Object.assign(host.environment, { OUTBOX_TRIES: '2', OUTBOX_PAUSE_MS: '1000' });
        await host.start('/purchases');
        await broker.close();
        await pay(host, side, 'third');
        let parked = [];
        await until(async () => (parked = await get(host, '/parked')).length > 0);
        assert.equal(parked.length, 1);
        assert.equal(parked[0].type, 'after.payment.succeeded');
        const failed = parked[0].handlers.filter(({ state }) => state === 'failed');
        assert.equal(failed.length, 1);
        assert.match(failed[0].error, /no queue takes this message|stream/i);
      },
    },
    {
      title: 'stops by itself',
      check: async ({ host }) => assert.ok([0, 'SIGTERM'].includes(await host.stop())),
    },
  ];
}

async function pay(host, { checkout, gateway }, reference) {
  const body = JSON.stringify({ reference, customerId: gateway.demoCustomerId, card });
  const headers = { 'content-type': 'application/json' };
  const answer = await host.fetch(checkout, { method: 'POST', headers, body });
  assert.equal(answer.status, 201, await answer.clone().text());
  const { paymentId } = await answer.json();
  const { pathname, search } = new URL(gateway.completePayment(paymentId, 'approve'));
  assert.equal((await host.fetch(pathname + search)).status, 200);
  return paymentId;
}

async function arrived(broker) {
  let message;
  await until(async () => (message = await broker.next()) !== undefined);
  return message;
}

async function purchases(host) {
  return (await get(host, '/purchases')).map(({ reference, outcome }) => `${reference} ${outcome}`);
}

async function get(host, path) {
  return (await host.fetch(path)).json();
}

async function until(holds) {
  const end = Date.now() + WAIT_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('It did not come to hold in time');
    await pause(100);
  }
}
