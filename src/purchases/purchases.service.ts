import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';
import { ShopDatabase } from '../database/shop-database.js';
import { GatewayAccount } from '../local-gateway/gateway-account.js';
import { type SessionHash } from '../session/session-cookie.js';
import { type NewPurchase, type Purchase, type PurchaseStatus } from './purchase.js';
import { readPurchaseRow } from './purchase.row.js';

/** How long an unfinished purchase is worth reminding its buyer of. */
const REMINDER_MS = 24 * 60 * 60 * 1000;

/** Keeps what was bought and what became of it. */
@Injectable()
export class PurchasesService {
  readonly #changes = new Subject<Purchase>();

  constructor(
    @Inject(ShopDatabase) private readonly database: ShopDatabase,
    @Inject(GatewayAccount) private readonly account: GatewayAccount,
  ) {}

  /** Every purchase whose outcome becomes known in this process, once. */
  get outcomes(): Observable<Purchase> {
    return this.#changes.asObservable();
  }

  /** Records the intent. From here on the request ids are fixed, so no retry can pay twice. */
  open(purchase: NewPurchase): Purchase {
    const reference = randomBytes(16).toString('base64url');
    const now = new Date().toISOString();
    this.database.run(
      `INSERT INTO purchases (reference, session_hash, account, product_id, amount, currency,
         order_request_id, payment_request_id, status, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?)`,
      reference,
      purchase.session,
      this.account.id,
      purchase.productId,
      purchase.amount,
      purchase.currency,
      `order-${reference}`,
      `payment-${reference}`,
      now,
      now,
    );
    return this.reload(reference);
  }

  /** Notes the gateway's order; the first one noted stays. */
  attachOrder(purchase: Purchase, orderId: string): Purchase {
    return this.attach(purchase, 'order_id', orderId);
  }

  /** Notes the gateway's payment; the first one noted stays. */
  attachPayment(purchase: Purchase, paymentId: string): Purchase {
    return this.attach(purchase, 'payment_id', paymentId);
  }

  /**
   * Moves a pending purchase to its outcome. A purchase that has one keeps it, whoever comes second.
   */
  settle(
    purchase: Purchase,
    outcome: Exclude<PurchaseStatus, 'pending'>,
    failureCode: string | null = null,
  ): Purchase {
    const changed = this.database.run(
      `UPDATE purchases SET status = ?, failure_code = ?, updated_at = ?
       WHERE reference = ? AND status = 'pending'`,
      outcome,
      failureCode,
      new Date().toISOString(),
      purchase.reference,
    );
    const settled = this.reload(purchase.reference);
    if (changed === 1) {
      this.#changes.next(settled);
    }
    return settled;
  }

  byReference(reference: string): Purchase | undefined {
    return this.find('reference = ?', reference);
  }

  byOrderId(orderId: string): Purchase | undefined {
    return this.find('order_id = ?', orderId);
  }

  /** The purchase of a session; another session's does not exist. */
  ownedBy(session: SessionHash | undefined, reference: string): Purchase | undefined {
    return session && this.find('reference = ? AND session_hash = ?', reference, session);
  }

  /** The newest purchase of a session that still waits for its outcome. */
  latestPendingOf(session: SessionHash | undefined): Purchase | undefined {
    return (
      session &&
      this.find(
        `session_hash = ? AND account = ? AND status = 'pending' AND created_at > ?
         ORDER BY created_at DESC LIMIT 1`,
        session,
        this.account.id,
        new Date(Date.now() - REMINDER_MS).toISOString(),
      )
    );
  }

  /** The purchase as it is stored now. */
  reload(reference: string): Purchase {
    return readPurchaseRow(
      this.database.first('SELECT * FROM purchases WHERE reference = ?', reference),
    );
  }

  private attach(purchase: Purchase, column: 'order_id' | 'payment_id', id: string): Purchase {
    this.database.run(
      `UPDATE purchases SET ${column} = ?, updated_at = ? WHERE reference = ? AND ${column} IS NULL`,
      id,
      new Date().toISOString(),
      purchase.reference,
    );
    return this.reload(purchase.reference);
  }

  private find(condition: string, ...values: readonly string[]): Purchase | undefined {
    const row = this.database.first(`SELECT * FROM purchases WHERE ${condition}`, ...values);
    return row === undefined ? undefined : readPurchaseRow(row);
  }
}
