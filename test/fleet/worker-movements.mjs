import { Body, Controller, Inject, Injectable, Param, Post } from '@nestjs/common';
import {
  AfterPaymentOutcome,
  AfterRefundOutcome,
  OnPaymentOutcome,
  OnRefundOutcome,
  PaymentTracker,
  RefundTracker,
} from 'nestjs-glomopay';
import { randomOf } from '../storm/random.mjs';
import { decorate } from '../storm/decorate.mjs';

const money = { amount: 1000, currency: 'USD' };
const card = {
  holderName: 'Asha Rao',
  number: '4111111111111111',
  expiryMonth: '12',
  expiryYear: '2030',
  cvv: '123',
};

// Starts payments and refunds that end at once, because no gateway is there to take them; and expects
// orders, which nobody pays until a person closes them.
export class Movements {
  #payments;
  #refunds;

  constructor(payments, refunds) {
    this.#payments = payments;
    this.#refunds = refunds;
  }

  async pay(requestId) {
    const payment = {
      orderId: `order_${requestId}`,
      requestId,
      card,
      callbackUrl: 'https://shop.example/callback',
    };
    await this.#payments.pay(payment, money).catch(unlessNotSent);
  }

  async refund(requestId) {
    const refund = {
      paymentId: `payt_${requestId}`,
      amount: money.amount,
      reason: 'Requested By Customer',
      requestId,
    };
    await this.#refunds.refund(refund, money).catch(unlessNotSent);
  }

  async expect(reference) {
    await this.#payments.expect({ orderId: `order_${reference}`, reference, ...money });
  }

  // What speaks against it, if anything does.
  async close(requestId, { as, by }) {
    try {
      const resolution = { as, by, note: 'looked it up' };
      await this.#payments.resolve({ kind: 'collection', requestId }, resolution);
      return { isClosed: true };
    } catch (thrown) {
      if (thrown.code !== 'GLOMOPAY_NOT_RESOLVABLE') throw thrown;
      return { isClosed: false, fault: thrown.fault };
    }
  }
}
decorate(Movements, [Controller()], {
  pay: [Post('payments/:id')],
  refund: [Post('refunds/:id')],
  expect: [Post('collections/:id')],
  close: [Post('collections/:id/closing')],
});
Inject(PaymentTracker)(Movements, undefined, 0);
Inject(RefundTracker)(Movements, undefined, 1);
for (const method of ['pay', 'refund', 'expect', 'close']) {
  Param('id')(Movements.prototype, method, 0);
}
Body()(Movements.prototype, 'close', 1);

function unlessNotSent(thrown) {
  if (thrown.outcome !== 'not_sent') throw thrown;
}

// One hears in the transaction and leaves a row in it: exactly one for each outcome. One hears after it
// and leaves a row each time, on Postgres past any transaction: at least one. It fails at times, before
// its effect and after.
export function followersOf({ storage, seed }) {
  class Followers {
    async outcome({ requestId, outcome }, tx) {
      await storage.tell(tx, [requestId, outcome]);
    }

    async follow({ requestId, outcome }, delivery) {
      const random = randomOf(seed, 'follow', requestId, delivery.attempt);
      const fate = random.weighted({ done: 70, before: 15, after: 15 });
      if (fate === 'before') throw new Error('failed before its effect');
      await storage.follow(delivery, [requestId, outcome]);
      if (fate === 'after') throw new Error('failed after its effect');
    }
  }

  return decorate(Followers, [Injectable()], {
    outcome: [OnPaymentOutcome(), OnRefundOutcome()],
    follow: [AfterPaymentOutcome(), AfterRefundOutcome()],
  });
}
