import { Inject, Injectable } from '@nestjs/common';
import { OnPaymentOutcome, type PaymentOutcome } from 'nestjs-glomopay';
import { ShopDatabase } from '../database/shop-database.js';
import { OutcomeNews } from './outcome-news.js';

/** Writes what became of a purchase: the only place that does. */
@Injectable()
export class OutcomeRecorder {
  readonly #database: ShopDatabase;
  readonly #news: OutcomeNews;
  constructor(
    @Inject(ShopDatabase) database: ShopDatabase,
    @Inject(OutcomeNews) news: OutcomeNews,
  ) {
    this.#database = database;
    this.#news = news;
  }

  /**
   * Runs once per payment, inside the transaction that records its outcome: the row below and the
   * tracker's own are committed together or not at all.
   */
  @OnPaymentOutcome()
  async record(outcome: PaymentOutcome, tx: unknown): Promise<void> {
    await this.#database.on(tx).run(
      `INSERT INTO purchases (reference, outcome, payment_id, order_id, amount, currency,
         failure_code, recorded_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      outcome.reference,
      outcome.outcome,
      outcome.paymentId,
      outcome.orderId,
      outcome.amount,
      outcome.currency,
      failureCode(outcome),
      new Date().toISOString(),
    );
    this.#news.tell(outcome);
  }
}

/** The gateway's failure code, if it looks like one: it is kept and picks the text of a page. */
function failureCode({ outcome, reason, errorCode }: PaymentOutcome): string | null {
  if (outcome === 'succeeded') {
    return null;
  }
  if (reason !== null) {
    return 'PAYMENT_NOT_STARTED';
  }
  return errorCode !== null && /^[A-Z0-9_]{1,64}$/.test(errorCode) ? errorCode : null;
}
