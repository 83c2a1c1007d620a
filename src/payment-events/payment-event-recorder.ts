import { Inject, Injectable } from '@nestjs/common';
import {
  type EventDelivery,
  type GlomopayEvent,
  OnGlomopayEvent,
  WebhookInbox,
} from 'nestjs-glomopay';
import { ShopDatabase } from '../database/shop-database.js';
import { PaymentEventNews } from './payment-event-news.js';
import { statusOf, subjectOf } from './payment-event.js';

/**
 * Writes down what the gateway tells about payments: the only place that does. It decides nothing;
 * the tracker hears the same events and asks the gateway for the outcome.
 */
@Injectable()
export class PaymentEventRecorder {
  readonly #database: ShopDatabase;
  readonly #inbox: WebhookInbox;
  readonly #news: PaymentEventNews;
  constructor(
    @Inject(ShopDatabase) database: ShopDatabase,
    @Inject(WebhookInbox) inbox: WebhookInbox,
    @Inject(PaymentEventNews) news: PaymentEventNews,
  ) {
    this.#database = database;
    this.#inbox = inbox;
    this.#news = news;
  }

  /** Runs until it has written one row; the row and "done" are committed together or not at all. */
  @OnGlomopayEvent('payment.*')
  @OnGlomopayEvent('orders.*')
  @OnGlomopayEvent('refund.*')
  async record(event: GlomopayEvent, delivery: EventDelivery): Promise<void> {
    const subject = subjectOf(event);
    // A try that comes later, or a replay, does not change when the event was received.
    const received = (await this.#inbox.find(event.id))?.receivedAt ?? new Date();
    await delivery.commit(async (tx) => {
      await this.#database.on(tx).run(
        `INSERT INTO payment_events (event_id, payment_id, order_id, type, status, received_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
        event.id,
        subject.paymentId,
        subject.orderId,
        event.type,
        statusOf(event),
        received.toISOString(),
      );
    });
    this.#news.tell(subject);
  }
}
