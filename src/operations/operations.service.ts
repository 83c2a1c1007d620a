import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  type InboxCounts,
  type InboxEvent,
  PaymentTracker,
  type TrackedPayment,
  WebhookInbox,
} from 'nestjs-glomopay';

/** A person works through so many at a time. */
const MOST_SHOWN = 50;

/** What an operator has to know. */
export interface OperationsOverview {
  readonly events: InboxCounts;
  readonly payments: { readonly needsAttention: number; readonly open: number };
  /** Events that could not be handled, newest first. */
  readonly parked: readonly InboxEvent[];
  /** Payments that a person has to look at, oldest first. */
  readonly needingAttention: readonly TrackedPayment[];
}

/** What is left for a person: events that could not be handled, and payments nobody can tell of. */
@Injectable()
export class OperationsService {
  readonly #inbox: WebhookInbox;
  readonly #tracker: PaymentTracker;
  readonly #logger = new Logger(OperationsService.name);

  constructor(
    @Inject(WebhookInbox) inbox: WebhookInbox,
    @Inject(PaymentTracker) tracker: PaymentTracker,
  ) {
    this.#inbox = inbox;
    this.#tracker = tracker;
  }

  async overview(): Promise<OperationsOverview> {
    const [events, payments, parked, needingAttention] = await Promise.all([
      this.#inbox.counts(),
      this.#tracker.counts(),
      this.#inbox.list({ state: 'failed', limit: MOST_SHOWN }),
      this.#tracker.needingAttention(MOST_SHOWN),
    ]);
    return { events, payments, parked, needingAttention };
  }

  /** Has a parked event handled again. False: there is no such event, or somebody was faster. */
  async replay(id: string): Promise<boolean> {
    const replayed = await this.#inbox.replay(id);
    if (replayed) {
      this.#logger.log(`An operator has webhook event ${id} handled again`);
    }
    return replayed;
  }
}
