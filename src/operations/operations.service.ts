import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  type InboxCounts,
  type InboxEvent,
  PaymentTracker,
  type TrackedPayment,
  WebhookInbox,
} from 'nestjs-glomopay';
import { PurchasesService } from '../purchases/purchases.service.js';
import { PurchaseRefundsService } from '../refunds/purchase-refunds.service.js';
import type { PaidPurchase } from './refund-case.js';

/** A person works through so many at a time. */
const MOST_SHOWN = 50;
/** The newest of those that were paid. */
const MOST_PAID_SHOWN = 20;

/** What an operator has to know. */
export interface OperationsOverview {
  readonly events: InboxCounts;
  readonly payments: { readonly needsAttention: number; readonly open: number };
  /** Events that could not be handled, newest first. */
  readonly parked: readonly InboxEvent[];
  /** Payments that a person has to look at, oldest first. */
  readonly needingAttention: readonly TrackedPayment[];
  /** What can be refunded, newest first. */
  readonly paid: readonly PaidPurchase[];
}

/**
 * What is left for a person: events that could not be handled, and payments nobody can tell of; and
 * what was paid.
 */
@Injectable()
export class OperationsService {
  readonly #inbox: WebhookInbox;
  readonly #tracker: PaymentTracker;
  readonly #purchases: PurchasesService;
  readonly #refunds: PurchaseRefundsService;
  readonly #logger = new Logger(OperationsService.name);

  constructor(
    @Inject(WebhookInbox) inbox: WebhookInbox,
    @Inject(PaymentTracker) tracker: PaymentTracker,
    @Inject(PurchasesService) purchases: PurchasesService,
    @Inject(PurchaseRefundsService) refunds: PurchaseRefundsService,
  ) {
    this.#inbox = inbox;
    this.#tracker = tracker;
    this.#purchases = purchases;
    this.#refunds = refunds;
  }

  async overview(): Promise<OperationsOverview> {
    const [events, payments, parked, needingAttention, paid] = await Promise.all([
      this.#inbox.counts(),
      this.#tracker.counts(),
      this.#inbox.list({ state: 'failed', limit: MOST_SHOWN }),
      this.#tracker.needingAttention(MOST_SHOWN),
      this.#paid(),
    ]);
    return { events, payments, parked, needingAttention, paid };
  }

  /** Has a parked event handled again. False: there is no such event, or somebody was faster. */
  async replay(id: string): Promise<boolean> {
    const replayed = await this.#inbox.replay(id);
    if (replayed) {
      this.#logger.log(`An operator has webhook event ${id} handled again`);
    }
    return replayed;
  }

  async #paid(): Promise<readonly PaidPurchase[]> {
    const purchases = await this.#purchases.paid(MOST_PAID_SHOWN);
    return Promise.all(
      purchases.map(async (purchase) => ({
        purchase,
        refunds: await this.#refunds.of(purchase.reference),
      })),
    );
  }
}
