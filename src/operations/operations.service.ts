import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  type InboxCounts,
  type InboxEvent,
  TrackedMovements,
  type TrackedRecord,
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
  /** Everything that moves money: payments, refunds, collections. */
  readonly movements: { readonly needsAttention: number; readonly open: number };
  /** Events that could not be handled, newest first. */
  readonly parked: readonly InboxEvent[];
  /** What a person has to look at, oldest first. */
  readonly needingAttention: readonly TrackedRecord[];
  /** What can be refunded, newest first. */
  readonly paid: readonly PaidPurchase[];
}

/**
 * What is left for a person: events that could not be handled, and money nobody can tell of; and
 * what was paid.
 */
@Injectable()
export class OperationsService {
  readonly #inbox: WebhookInbox;
  readonly #movements: TrackedMovements;
  readonly #purchases: PurchasesService;
  readonly #refunds: PurchaseRefundsService;
  readonly #logger = new Logger(OperationsService.name);

  constructor(
    @Inject(WebhookInbox) inbox: WebhookInbox,
    @Inject(TrackedMovements) movements: TrackedMovements,
    @Inject(PurchasesService) purchases: PurchasesService,
    @Inject(PurchaseRefundsService) refunds: PurchaseRefundsService,
  ) {
    this.#inbox = inbox;
    this.#movements = movements;
    this.#purchases = purchases;
    this.#refunds = refunds;
  }

  async overview(): Promise<OperationsOverview> {
    const [events, movements, parked, needingAttention, paid] = await Promise.all([
      this.#inbox.counts(),
      this.#movements.counts(),
      this.#inbox.list({ state: 'failed', limit: MOST_SHOWN }),
      this.#movements.needingAttention(MOST_SHOWN),
      this.#paid(),
    ]);
    return { events, movements, parked, needingAttention, paid };
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
