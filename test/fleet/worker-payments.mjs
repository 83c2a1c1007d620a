import { Controller, Inject, Injectable, Param, Post } from '@nestjs/common';
import { AfterPaymentOutcome, OnPaymentOutcome, PaymentTracker } from 'nestjs-glomopay';
import { randomOf } from '../storm/random.mjs';
import { decorate } from '../storm/decorate.mjs';

const card = {
  holderName: 'Asha Rao',
  number: '4111111111111111',
  expiryMonth: '12',
  expiryYear: '2030',
  cvv: '123',
};

// Starts payments that end at once: no gateway is there to take them.
export class Payments {
  #tracker;

  constructor(tracker) {
    this.#tracker = tracker;
  }

  async pay(requestId) {
    const payment = {
      orderId: `order_${requestId}`,
      requestId,
      card,
      callbackUrl: 'https://shop.example/callback',
    };
    await this.#tracker.pay(payment, { amount: 1000, currency: 'USD' }).catch((thrown) => {
      if (thrown.outcome !== 'not_sent') throw thrown;
    });
  }
}
decorate(Payments, [Controller('payments')], { pay: [Post(':id')] });
Inject(PaymentTracker)(Payments, undefined, 0);
Param('id')(Payments.prototype, 'pay', 0);

// One hears in the transaction and writes nothing; one hears after it and leaves a row each time, on
// Postgres past any transaction: at least one for each outcome. It fails at times, before its effect and after.
export function followersOf({ storage, seed }) {
  class Followers {
    outcome() {}

    async follow({ requestId, outcome }, delivery) {
      const random = randomOf(seed, 'follow', requestId, delivery.attempt);
      const fate = random.weighted({ done: 70, before: 15, after: 15 });
      if (fate === 'before') throw new Error('failed before its effect');
      await storage.follow(delivery, [requestId, outcome]);
      if (fate === 'after') throw new Error('failed after its effect');
    }
  }

  return decorate(Followers, [Injectable()], {
    outcome: [OnPaymentOutcome()],
    follow: [AfterPaymentOutcome()],
  });
}
