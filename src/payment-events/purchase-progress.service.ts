import { Inject, Injectable } from '@nestjs/common';
import {
  concat,
  connect,
  distinctUntilChanged,
  endWith,
  filter,
  ignoreElements,
  map,
  merge,
  type Observable,
  of,
  switchMap,
  takeUntil,
  takeWhile,
  timer,
} from 'rxjs';
import { PaymentWatcherService } from '../purchases/payment-watcher.service.js';
import { isFinal, type Purchase } from '../purchases/purchase.js';
import { PurchasesService } from '../purchases/purchases.service.js';
import { isOpen, type PurchaseRefund } from '../refunds/purchase-refund.js';
import { PurchaseRefundsService } from '../refunds/purchase-refunds.service.js';
import type { EventSubject, PaymentEvent } from './payment-event.js';
import { PaymentEventNews } from './payment-event-news.js';
import { PaymentEventsService } from './payment-events.service.js';

/** Another process may receive the event, so pages look for themselves too. */
const LOOK_EVERY_MS = 2000;
/** A page that is still open after this asks again by itself. */
const LONGEST_WATCH_MS = 15 * 60 * 1000;

/** A purchase, what the gateway has told about it so far, and what went back of it. */
export interface PurchaseProgress {
  readonly purchase: Purchase;
  readonly events: readonly PaymentEvent[];
  readonly refunds: readonly PurchaseRefund[];
}

/** Whether nothing of it is going to change by itself. */
export function isAtRest({ purchase, refunds }: PurchaseProgress): boolean {
  return isFinal(purchase) && !refunds.some(isOpen);
}

/** Follows purchases together with their events and refunds, for the pages that are open. */
@Injectable()
export class PurchaseProgressService {
  readonly #watcher: PaymentWatcherService;
  readonly #purchases: PurchasesService;
  readonly #refunds: PurchaseRefundsService;
  readonly #events: PaymentEventsService;
  readonly #news: PaymentEventNews;
  constructor(
    @Inject(PaymentWatcherService) watcher: PaymentWatcherService,
    @Inject(PurchasesService) purchases: PurchasesService,
    @Inject(PurchaseRefundsService) refunds: PurchaseRefundsService,
    @Inject(PaymentEventsService) events: PaymentEventsService,
    @Inject(PaymentEventNews) news: PaymentEventNews,
  ) {
    this.#watcher = watcher;
    this.#purchases = purchases;
    this.#refunds = refunds;
    this.#events = events;
    this.#news = news;
  }

  async of(purchase: Purchase): Promise<PurchaseProgress> {
    const [events, refunds] = await Promise.all([
      this.#events.about(purchase),
      this.#refunds.of(purchase.reference),
    ]);
    return { purchase, events, refunds };
  }

  /**
   * Emits at each change of the state and at each further event; completes with the outcome, or with
   * that of the refunds under way then.
   */
  watch(reference: string): Observable<PurchaseProgress> {
    return concat(this.#untilOutcome(reference), this.#untilRefunded(reference)).pipe(
      distinctUntilChanged((before, after) => traitsOf(before) === traitsOf(after)),
    );
  }

  /** The purchase as it is, again and again until no refund is under way. */
  #untilRefunded(reference: string): Observable<PurchaseProgress> {
    const closing = this.#news.items.pipe(ignoreElements(), endWith(undefined));
    return timer(0, LOOK_EVERY_MS).pipe(
      switchMap(async () => this.of(await this.#purchases.reload(reference))),
      takeWhile((progress) => !isAtRest(progress), true),
      takeUntil(merge(closing, timer(LONGEST_WATCH_MS))),
    );
  }

  #untilOutcome(reference: string): Observable<PurchaseProgress> {
    return this.#watcher.watch(reference).pipe(
      connect((purchases) => {
        const ended = purchases.pipe(ignoreElements(), endWith(undefined));
        return purchases.pipe(
          switchMap((purchase) =>
            this.#occasionsOf(purchase, ended).pipe(
              switchMap(() => this.of(purchase)),
              distinctUntilChanged((before, after) => before.events.length === after.events.length),
            ),
          ),
        );
      }),
    );
  }

  /** When to read the events: once at the end, before that again and again. */
  #occasionsOf(purchase: Purchase, ended: Observable<undefined>): Observable<undefined> {
    const told = this.#news.items.pipe(filter((subject) => isAbout(subject, purchase)));
    return isFinal(purchase)
      ? of(undefined)
      : merge(told, timer(0, LOOK_EVERY_MS)).pipe(
          map(() => undefined),
          takeUntil(ended),
        );
  }
}

/** What a page shows of it. */
function traitsOf({ purchase, events, refunds }: PurchaseProgress): string {
  return [
    purchase.status,
    purchase.paymentId,
    events.length,
    ...refunds.map(({ state }) => state),
  ].join();
}

function isAbout(subject: EventSubject, { paymentId, orderId }: Purchase): boolean {
  return (
    (paymentId !== null && subject.paymentId === paymentId) ||
    (orderId !== null && subject.orderId === orderId)
  );
}
