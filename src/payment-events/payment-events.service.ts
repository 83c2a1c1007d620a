import { Inject, Injectable } from '@nestjs/common';
import { ShopDatabase } from '../database/shop-database.js';
import type { Purchase } from '../purchases/purchase.js';
import { type PaymentEvent, readPaymentEvent } from './payment-event.js';

/** A payment has a handful of events; a page never shows more. */
const MOST_SHOWN = 50;

/** Reads what the gateway has told. */
@Injectable()
export class PaymentEventsService {
  readonly #database: ShopDatabase;
  constructor(@Inject(ShopDatabase) database: ShopDatabase) {
    this.#database = database;
  }

  /** The events about a purchase's payment, its order and its refunds, oldest first. */
  async about({ paymentId, orderId }: Purchase): Promise<readonly PaymentEvent[]> {
    if (paymentId === null && orderId === null) {
      return [];
    }
    const rows = await this.#database.all(
      `SELECT type, status, received_at FROM payment_events WHERE payment_id = ? OR order_id = ?
       ORDER BY received_at, id LIMIT ${MOST_SHOWN}`,
      paymentId,
      orderId,
    );
    return rows.map(readPaymentEvent);
  }
}
