import { setTimeout as pause } from 'node:timers/promises';
import { request } from '../storm/http-request.mjs';
import { randomOf } from '../storm/random.mjs';
import { canaryCvv, canaryNumbers, holderName } from './buyer-plan.mjs';

const TRIES = 15;
// Names that no buyer of the shop has.
const FIRST_NAME = 1_000_000;

// What happens at the gateway past the shop: orders that are paid at another checkout, which the shop
// expects, and refunds that somebody makes at the gateway's own pages, which it does not.
export class Elsewhere {
  #sandbox;
  #hosts;
  #seed;

  constructor({ sandbox, hosts, seed }) {
    this.#sandbox = sandbox;
    this.#hosts = hosts;
    this.#seed = seed;
  }

  // One order: it is made, expected and paid, at times before the shop expects it, at times only by a
  // second card, and at times not at all.
  async order(index) {
    const random = randomOf(this.#seed, 'elsewhere', index);
    const reference = `elsewhere-${index}`;
    const money = { amount: random.between(500, 6000), currency: random.pick(['EUR', 'GBP']) };
    const order = await this.#made(
      '/api/v1/orders',
      { ...money, customer_id: this.#sandbox.demoCustomerId, request_id: reference },
      () => this.#sandbox.orders.list().find((one) => one.request_id === reference),
    );
    if (order === undefined) return;
    const isLate = random.chance(0.3);
    if (!isLate) await this.#expect(order.id, { ...money, reference });
    const decisions = random.pick([['approve'], ['decline', 'approve'], ['decline'], []]);
    for (const [attempt, decision] of decisions.entries()) {
      await pause(random.between(0, 1000));
      await this.#pay(order.id, `${reference}-${attempt}`, FIRST_NAME + index * 10 + attempt, {
        decision,
        number: canaryNumbers[0],
      });
    }
    if (isLate) await this.#expect(order.id, { ...money, reference });
  }

  // A refund under a guard of its own, unless the gateway refuses it.
  async refund(paymentId, amount, requestId) {
    await this.#made(
      '/api/v1/refunds',
      { payment_id: paymentId, amount, reason: 'Others', request_id: requestId },
      () =>
        this.#sandbox.refunds
          .list()
          .find((one) => one.payment_id === paymentId && one.reason === 'Others'),
    );
  }

  async #pay(orderId, requestId, nameIndex, { decision, number }) {
    const name = holderName(nameIndex);
    const card = {
      holder_name: name,
      number,
      expiry_month: '12',
      expiry_year: '2031',
      cvv: canaryCvv,
    };
    const payment = await this.#made(
      '/api/v1/payments',
      {
        order_id: orderId,
        method: 'card',
        callback_url: `${this.#hosts.origin}/elsewhere`,
        card,
        request_id: requestId,
      },
      () =>
        this.#sandbox.payments
          .list()
          .find((one) => one.payment_method.details.card_holder_name === name),
    );
    if (payment !== undefined) this.#sandbox.completePayment(payment.id, decision);
  }

  // Asks until the gateway has it, whatever it answers; undefined when it never has.
  async #made(path, body, find) {
    for (let tries = 0; tries < TRIES; tries += 1) {
      await fetch(`${this.#sandbox.url}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.#sandbox.secretKey}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      }).catch(() => undefined);
      const made = find();
      if (made !== undefined) return made;
      await pause(100);
    }
    return undefined;
  }

  async #expect(orderId, expectation) {
    for (;;) {
      const { port } = await this.#hosts.anyUp();
      const { status } = await request({
        port,
        path: `/crash/expectations/${orderId}`,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(expectation),
      });
      if (status === 201) return;
      if (status !== undefined && status < 500) throw new Error(`No expectation: ${status}`);
      await pause(100);
    }
  }
}
