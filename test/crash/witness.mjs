import { Body, Controller, Inject, Injectable, Module, Param, Post } from '@nestjs/common';
import { OnPaymentMilestone, OnRefundOutcome, PaymentTracker } from 'nestjs-glomopay';
import { DatabaseModule } from '../../dist/database/database.module.js';
import { ShopDatabase } from '../../dist/database/shop-database.js';
import { decorate } from '../storm/decorate.mjs';

// Writes down each time that it hears of a refund or a milestone, in the transaction that records it:
// no constraint keeps a row from being there twice.
class Witness {
  #database;

  constructor(database) {
    this.#database = database;
  }

  async refund({ requestId, outcome, refundId, amount }, tx) {
    await this.#database
      .on(tx)
      .run(
        'INSERT INTO crash_refunds (request_id, outcome, refund_id, amount) VALUES (?, ?, ?, ?)',
        requestId,
        outcome,
        refundId,
        amount,
      );
  }

  async milestone({ paymentId, milestone }, tx) {
    await this.#database
      .on(tx)
      .run(
        'INSERT INTO crash_milestones (payment_id, milestone) VALUES (?, ?)',
        paymentId,
        milestone,
      );
  }
}
Inject(ShopDatabase)(Witness, undefined, 0);
decorate(Witness, [Injectable()], {
  refund: [OnRefundOutcome()],
  milestone: [
    OnPaymentMilestone('funds_available'),
    OnPaymentMilestone('compliance_rejected'),
    OnPaymentMilestone('compliance_action_required'),
  ],
});

// Expects orders that somebody pays elsewhere.
class Expectations {
  #tracker;

  constructor(tracker) {
    this.#tracker = tracker;
  }

  async expect(orderId, { amount, currency, reference }) {
    await this.#tracker.expect({ orderId, amount, currency, reference });
  }
}
Inject(PaymentTracker)(Expectations, undefined, 0);
Param('orderId')(Expectations.prototype, 'expect', 0);
Body()(Expectations.prototype, 'expect', 1);
decorate(Expectations, [Controller('crash/expectations')], { expect: [Post(':orderId')] });

export class WitnessModule {}
decorate(WitnessModule, [
  Module({ imports: [DatabaseModule], controllers: [Expectations], providers: [Witness] }),
]);
