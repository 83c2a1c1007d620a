import { Inject, Injectable } from '@nestjs/common';
import type { Refund } from 'nestjs-glomopay';
import { ShopDatabase } from '../database/shop-database.js';
import type { Sql } from '../database/sql.js';
import { type PurchaseRefund, stateOf } from './purchase-refund.js';
import { readRefundRow } from './refund.row.js';

/** Of a purchase so many refunds are read; each needs an operator to press a button. */
const MOST_READ = 100;

/** A refund that somebody wants to have. */
export type NewRefund = Pick<
  PurchaseRefund,
  'reference' | 'number' | 'paymentId' | 'amount' | 'isWhole' | 'reason'
>;

/** Keeps what was asked to be refunded, and how far it has come. */
@Injectable()
export class PurchaseRefundsService {
  readonly #database: ShopDatabase;
  constructor(@Inject(ShopDatabase) database: ShopDatabase) {
    this.#database = database;
  }

  /** The refunds of a purchase, in the order in which they were asked for. */
  of(reference: string): Promise<readonly PurchaseRefund[]> {
    return this.#read('reference = ?', reference);
  }

  /** Those of a payment that may still change. */
  openOf(paymentId: string): Promise<readonly PurchaseRefund[]> {
    return this.#read(`payment_id = ? AND state IN ('asked', 'in_progress')`, paymentId);
  }

  async find(reference: string, number: number): Promise<PurchaseRefund | undefined> {
    const [found] = await this.#read('reference = ? AND number = ?', reference, number);
    return found;
  }

  /**
   * Writes down that a refund is wanted, before anybody is asked for it. Of several that come at the
   * same time with one number the first is kept.
   */
  async open(refund: NewRefund): Promise<PurchaseRefund> {
    await this.#database.run(
      `INSERT INTO refunds (reference, number, payment_id, amount, is_whole, reason, state, created_at)
       VALUES (?, ?, ?, ?, ?, ?, 'asked', ?)
       ON CONFLICT (reference, number) DO NOTHING`,
      refund.reference,
      refund.number,
      refund.paymentId,
      refund.amount,
      refund.isWhole ? 1 : 0,
      refund.reason,
      new Date().toISOString(),
    );
    const kept = await this.find(refund.reference, refund.number);
    if (!kept) {
      throw new TypeError('The refund was not written down');
    }
    return kept;
  }

  /** Notes how far the gateway's refund has come. One that has ended never changes. */
  async note(refund: PurchaseRefund, found: Refund, sql: Sql = this.#database): Promise<void> {
    await sql.run(
      `UPDATE refunds SET state = ?, refund_id = ?
       WHERE reference = ? AND number = ? AND state IN ('asked', 'in_progress')`,
      stateOf(found),
      found.id,
      refund.reference,
      refund.number,
    );
  }

  /** Notes that the gateway did not take it. Only one of which it has said nothing else can be refused. */
  async noteRefusal(refund: PurchaseRefund, why: string): Promise<void> {
    await this.#database.run(
      `UPDATE refunds SET state = 'refused', refusal = ?
       WHERE reference = ? AND number = ? AND state = 'asked'`,
      why,
      refund.reference,
      refund.number,
    );
  }

  async #read(
    condition: string,
    ...values: readonly (string | number)[]
  ): Promise<readonly PurchaseRefund[]> {
    const rows = await this.#database.all(
      `SELECT * FROM refunds WHERE ${condition} ORDER BY reference, number LIMIT ${MOST_READ}`,
      ...values,
    );
    return rows.map(readRefundRow);
  }
}
