import { Inject, Injectable } from '@nestjs/common';
import { AfterPaymentOutcome, type EventDelivery, type PaymentOutcome } from 'nestjs-glomopay';
import { ShopDatabase } from '../database/shop-database.js';

/**
 * Tells buyers what became of their purchase. The shop has no mail server, so a table stands for one:
 * like a mail service that is given a key, it sends one letter for each.
 */
@Injectable()
export class OrderConfirmations {
  readonly #database: ShopDatabase;
  constructor(@Inject(ShopDatabase) database: ShopDatabase) {
    this.#database = database;
  }

  /** Runs after the outcome was committed, again and again until a letter is sent. */
  @AfterPaymentOutcome({ name: 'order-confirmation' })
  async send(
    { reference, outcome, paymentId }: PaymentOutcome,
    { id }: Pick<EventDelivery, 'id'>,
  ): Promise<void> {
    await this.#database.run(
      `INSERT INTO confirmations (letter_key, reference, outcome, payment_id, sent_at)
       VALUES (?, ?, ?, ?, ?) ON CONFLICT (letter_key) DO NOTHING`,
      id,
      reference,
      outcome,
      paymentId,
      new Date().toISOString(),
    );
  }
}
