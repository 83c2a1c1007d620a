import { Inject, Injectable } from '@nestjs/common';
import {
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
  timer,
} from 'rxjs';
import { PaymentWatcherService } from '../purchases/payment-watcher.service.js';
import { isFinal, type Purchase } from '../purchases/purchase.js';
import type { EventSubject, PaymentEvent } from './payment-event.js';
import { PaymentEventNews } from './payment-event-news.js';
import { PaymentEventsService } from './payment-events.service.js';

/** Another process may receive the event, so pages look for themselves too. */
const LOOK_EVERY_MS = 2000;

/** A purchase, and what the gateway has told about it so far. */
export interface PurchaseProgress {
  readonly purchase: Purchase;
  readonly events: readonly PaymentEvent[];
}

/** Follows purchases together with their events, for the pages that are open. */
@Injectable()
export class PurchaseProgressService {
  readonly #watcher: PaymentWatcherService;
  readonly #events: PaymentEventsService;
  readonly #news: PaymentEventNews;
  constructor(
    @Inject(PaymentWatcherService) watcher: PaymentWatcherService,
    @Inject(PaymentEventsService) events: PaymentEventsService,
    @Inject(PaymentEventNews) news: PaymentEventNews,
  ) {
    this.#watcher = watcher;
    this.#events = events;
    this.#news = news;
  }

  async of(purchase: Purchase): Promise<PurchaseProgress> {
    return { purchase, events: await this.#events.about(purchase) };
  }

  /** Emits at each change of the state and at each further event; completes with the outcome. */
  watch(reference: string): Observable<PurchaseProgress> {
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

function isAbout(subject: EventSubject, { paymentId, orderId }: Purchase): boolean {
  return (
    (paymentId !== null && subject.paymentId === paymentId) ||
    (orderId !== null && subject.orderId === orderId)
  );
}
