import { Inject, Injectable } from '@nestjs/common';
import type { RefundOutcome } from 'nestjs-glomopay';
import { ShopDatabase } from '../database/shop-database.js';
import type { Sql } from '../database/sql.js';
import { type PurchaseRefund, refundUnder, stateOf } from './purchase-refund.js';
import { readRefundRow } from './refund.row.js';

/** Of a purchase so many refunds are read; each needs an operator to press a button. */
const MOST_READ = 100;
/** The longest refusal that is kept. */
const LONGEST_REFUSAL = 200;

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

  /** Notes that the gateway has it. */
  async noteTaken({ reference, number }: PurchaseRefund, refundId: string | null): Promise<void> {
    await this.#database.run(
      `UPDATE refunds SET state = 'in_progress', refund_id = ?
       WHERE reference = ? AND number = ? AND state = 'asked'`,
      refundId,
      reference,
      number,
    );
  }

  /** Writes how it ended, inside the transaction that records it. */
  async noteOutcome(outcome: RefundOutcome, sql: Sql): Promise<void> {
    const refund = refundUnder(outcome.requestId);
    if (!refund) {
      return;
    }
    await sql.run(
      `UPDATE refunds SET state = ?, refund_id = ?, refusal = ?
       WHERE reference = ? AND number = ? AND state IN ('asked', 'in_progress')`,
      stateOf(outcome),
      outcome.refundId,
      outcome.errorDescription?.slice(0, LONGEST_REFUSAL) ?? null,
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
