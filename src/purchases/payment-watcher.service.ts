import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { GlomopayError, isFinalPaymentStatus, PaymentsService } from 'nestjs-glomopay';
import {
  concat,
  defer,
  delay,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  finalize,
  merge,
  type Observable,
  of,
  repeat,
  retry,
  share,
  Subject,
  switchMap,
  takeUntil,
  takeWhile,
  throwError,
  timer,
} from 'rxjs';
import { OutcomeNews } from './outcome-news.js';
import { PaymentConfirmationService } from './payment-confirmation.service.js';
import { isFinal, type Purchase } from './purchase.js';
import { PurchasesService } from './purchases.service.js';

const INTERVAL_MS = 2000;
/** News come from inside a transaction; by then it has usually been committed. */
const COMMIT_MS = 50;
/** A page that is still open after this asks again by itself. */
const LONGEST_WATCH_MS = 15 * 60 * 1000;
const PAUSE_AFTER_FAULT_MS = 5000;

/**
 * Follows purchases for the pages that are open; one loop per purchase and process, however many
 * look on. It decides nothing: it has the tracker look when there is something to see, and shows
 * what the database says then.
 */
@Injectable()
export class PaymentWatcherService implements OnModuleDestroy {
  readonly #payments: PaymentsService;
  readonly #purchases: PurchasesService;
  readonly #confirmation: PaymentConfirmationService;
  readonly #news: OutcomeNews;
  readonly #watches = new Map<string, Observable<Purchase>>();
  readonly #stopped = new Subject<void>();

  constructor(
    @Inject(PaymentsService) payments: PaymentsService,
    @Inject(PurchasesService) purchases: PurchasesService,
    @Inject(PaymentConfirmationService) confirmation: PaymentConfirmationService,
    @Inject(OutcomeNews) news: OutcomeNews,
  ) {
    this.#payments = payments;
    this.#purchases = purchases;
    this.#confirmation = confirmation;
    this.#news = news;
  }

  /**
   * Emits the purchase as it is, when the gateway has a payment for it, and at each change of its
   * state; completes with the outcome.
   */
  watch(reference: string): Observable<Purchase> {
    return merge(
      defer(() => this.#purchases.reload(reference)),
      this.#shared(reference),
    ).pipe(
      distinctUntilChanged(
        (before, after) => before.status === after.status && before.paymentId === after.paymentId,
      ),
      takeWhile((purchase) => !isFinal(purchase), true),
      takeUntil(merge(this.#stopped, timer(LONGEST_WATCH_MS))),
    );
  }

  onModuleDestroy(): void {
    this.#stopped.next();
    this.#stopped.complete();
  }

  #shared(reference: string): Observable<Purchase> {
    return defer(() => {
      const running = this.#watches.get(reference);
      if (running) {
        return running;
      }
      const started = merge(this.#told(reference), this.#poll(reference)).pipe(
        finalize(() => this.#watches.delete(reference)),
        share(),
      );
      this.#watches.set(reference, started);
      return started;
    });
  }

  /** The return of the browser or the sweeper may bring the outcome first. */
  #told(reference: string): Observable<Purchase> {
    return this.#news.items.pipe(
      filter((item) => item.reference === reference),
      delay(COMMIT_MS),
      switchMap(() => this.#purchases.reload(reference)),
    );
  }

  /** Looks again and again, because another process may write the outcome too. */
  #poll(reference: string): Observable<Purchase> {
    return defer(() => this.#purchases.reload(reference)).pipe(
      switchMap((purchase) => concat(of(purchase), this.#untilPaymentIsFinal(purchase))),
      retry({ delay: pauseAfterGatewayFault }),
      repeat({ delay: INTERVAL_MS }),
      takeWhile((purchase) => !isFinal(purchase), true),
    );
  }

  #untilPaymentIsFinal(purchase: Purchase): Observable<Purchase> {
    const { paymentId } = purchase;
    return defer(() =>
      paymentId === null || isFinal(purchase)
        ? EMPTY
        : this.#payments.watch(paymentId, { intervalMs: INTERVAL_MS }),
    ).pipe(
      filter(({ status }) => isFinalPaymentStatus(status)),
      exhaustMap(() => this.#confirmation.confirm(purchase)),
    );
  }
}

function pauseAfterGatewayFault(error: unknown): Observable<unknown> {
  return error instanceof GlomopayError ? timer(PAUSE_AFTER_FAULT_MS) : throwError(() => error);
}
