import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { GlomopayError, type Payment, PaymentsService } from 'nestjs-glomopay';
import {
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  finalize,
  map,
  merge,
  type Observable,
  retry,
  share,
  startWith,
  Subject,
  takeUntil,
  takeWhile,
  throwError,
  timer,
} from 'rxjs';
import { PaymentConfirmationService } from './payment-confirmation.service.js';
import { isFinal, type Purchase } from './purchase.js';
import { PurchasesService } from './purchases.service.js';

const INTERVAL_MS = 2000;
/** A page that is still open after this asks again by itself. */
const LONGEST_WATCH_MS = 15 * 60 * 1000;
const PAUSE_AFTER_FAULT_MS = 5000;

/** Follows purchases until their outcome is known; one loop per purchase, however many look on. */
@Injectable()
export class PaymentWatcherService implements OnModuleDestroy {
  private readonly watches = new Map<string, Observable<Purchase>>();
  private readonly stopped = new Subject<void>();

  constructor(
    @Inject(PaymentsService) private readonly payments: PaymentsService,
    @Inject(PurchasesService) private readonly purchases: PurchasesService,
    @Inject(PaymentConfirmationService) private readonly confirmation: PaymentConfirmationService,
  ) {}

  /** Emits the purchase as it is and at each change of its state; completes with the outcome. */
  watch(reference: string): Observable<Purchase> {
    return defer(() =>
      this.shared(reference).pipe(
        startWith(this.purchases.reload(reference)),
        distinctUntilChanged((before, after) => before.status === after.status),
        takeWhile((purchase) => !isFinal(purchase), true),
        takeUntil(merge(this.stopped, timer(LONGEST_WATCH_MS))),
      ),
    );
  }

  onModuleDestroy(): void {
    this.stopped.next();
    this.stopped.complete();
  }

  private shared(reference: string): Observable<Purchase> {
    const running = this.watches.get(reference);
    if (running) {
      return running;
    }
    const started = merge(
      // The return of the browser, or another watcher, may learn the outcome first.
      this.purchases.outcomes.pipe(filter((purchase) => purchase.reference === reference)),
      this.poll(reference),
    ).pipe(
      finalize(() => this.watches.delete(reference)),
      share(),
    );
    this.watches.set(reference, started);
    return started;
  }

  private poll(reference: string): Observable<Purchase> {
    return concat(this.untilPaymentIsKnown(reference), this.untilPaymentIsFinal(reference));
  }

  private untilPaymentIsKnown(reference: string): Observable<Purchase> {
    return defer(() => {
      const purchase = this.purchases.reload(reference);
      return purchase.paymentId === null
        ? timer(0, INTERVAL_MS).pipe(
            exhaustMap(() => this.confirmation.confirm(purchase)),
            map(() => this.purchases.reload(reference)),
            takeWhile(({ paymentId, status }) => paymentId === null && status === 'pending', true),
          )
        : EMPTY;
    });
  }

  private untilPaymentIsFinal(reference: string): Observable<Purchase> {
    return defer(() => {
      const purchase = this.purchases.reload(reference);
      return purchase.paymentId === null || isFinal(purchase)
        ? EMPTY
        : this.payments.watch(purchase.paymentId, { intervalMs: INTERVAL_MS }).pipe(
            map((payment: Payment) => this.confirmation.settle(purchase, payment)),
            retry({ delay: pauseAfterGatewayFault }),
          );
    });
  }
}

function pauseAfterGatewayFault(error: unknown): Observable<unknown> {
  return error instanceof GlomopayError ? timer(PAUSE_AFTER_FAULT_MS) : throwError(() => error);
}
