import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PaymentTracker } from 'nestjs-glomopay';
import { ShopDatabase } from '../database/shop-database.js';
import { GatewayAccount } from '../local-gateway/gateway-account.js';
import type { SessionHash } from '../session/session-cookie.js';
import { readCheckoutRow, SELECT_CHECKOUTS } from './checkout.row.js';
import type { CheckoutEnd, NewPurchase, Purchase, PurchaseStatus } from './purchase.js';
import { purchaseOf } from './purchase-of.js';

/** How long an unfinished purchase is worth reminding its buyer of. */
const REMINDER_MS = 24 * 60 * 60 * 1000;
/** Of so many checkouts without an outcome the newest unfinished one is looked for. */
const REMEMBERED = 5;

/** Keeps what buyers start, and reads what became of it. Outcomes are written elsewhere. */
@Injectable()
export class PurchasesService {
  readonly #database: ShopDatabase;
  readonly #tracker: PaymentTracker;
  readonly #account: GatewayAccount;
  constructor(
    @Inject(ShopDatabase) database: ShopDatabase,
    @Inject(PaymentTracker) tracker: PaymentTracker,
    @Inject(GatewayAccount) account: GatewayAccount,
  ) {
    this.#database = database;
    this.#tracker = tracker;
    this.#account = account;
  }

  /** Records the intent. From here on the request ids are fixed, so no retry can pay twice. */
  async open(purchase: NewPurchase): Promise<Purchase> {
    const reference = randomBytes(16).toString('base64url');
    await this.#database.run(
      `INSERT INTO checkouts (reference, session_hash, account, product_id, amount, currency,
         order_request_id, payment_request_id, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      reference,
      purchase.session,
      this.#account.id,
      purchase.productId,
      purchase.amount,
      purchase.currency,
      `order-${reference}`,
      `payment-${reference}`,
      new Date().toISOString(),
    );
    return this.reload(reference);
  }

  /** Notes that a checkout ended before its payment was written down: it never gets an outcome. */
  async end(purchase: Purchase, why: CheckoutEnd): Promise<void> {
    await this.#database.run(
      'UPDATE checkouts SET ended = ? WHERE reference = ?',
      why,
      purchase.reference,
    );
  }

  byReference(reference: string): Promise<Purchase | undefined> {
    return this.#find('c.reference = ?', reference);
  }

  /** The purchase of a session; another session's does not exist. */
  async ownedBy(
    session: SessionHash | undefined,
    reference: string,
  ): Promise<Purchase | undefined> {
    return session && this.#find('c.reference = ? AND c.session_hash = ?', reference, session);
  }

  /** The newest of those that were paid, on this account of the gateway. */
  async paid(limit: number): Promise<readonly Purchase[]> {
    const rows = await this.#database.all(
      `${SELECT_CHECKOUTS}
       WHERE p.outcome = 'succeeded' AND c.account = ?
       ORDER BY p.id DESC LIMIT ?`,
      this.#account.id,
      limit,
    );
    return Promise.all(rows.map((row) => this.#read(row)));
  }

  /** The newest purchase of a session that has no outcome, so that its buyer does not pay twice. */
  async latestUnfinishedOf(session: SessionHash | undefined): Promise<Purchase | undefined> {
    const rows = session
      ? await this.#database.all(
          `${SELECT_CHECKOUTS}
           WHERE c.session_hash = ? AND c.account = ? AND c.created_at > ?
             AND c.ended IS NULL AND p.outcome IS NULL
           ORDER BY c.created_at DESC LIMIT ${REMEMBERED}`,
          session,
          this.#account.id,
          new Date(Date.now() - REMINDER_MS).toISOString(),
        )
      : [];
    const purchases = await Promise.all(rows.map((row) => this.#read(row)));
    const isOver: readonly PurchaseStatus[] = ['succeeded', 'failed', 'returned'];
    return purchases.find(({ status }) => !isOver.includes(status));
  }

  /** The purchase as it is stored now. */
  async reload(reference: string): Promise<Purchase> {
    const purchase = await this.byReference(reference);
    if (!purchase) {
      throw new TypeError('There is no purchase of this reference');
    }
    return purchase;
  }

  async #find(condition: string, ...values: readonly string[]): Promise<Purchase | undefined> {
    const row = await this.#database.first(
      `${SELECT_CHECKOUTS} WHERE ${condition} ORDER BY p.id LIMIT 1`,
      ...values,
    );
    return row === undefined ? undefined : this.#read(row);
  }

  async #read(row: unknown): Promise<Purchase> {
    const checkout = readCheckoutRow(row);
    const isDecided = checkout.outcome !== null;
    return purchaseOf(
      checkout,
      isDecided ? undefined : await this.#tracker.get(checkout.paymentRequestId),
    );
  }
}
