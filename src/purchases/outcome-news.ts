import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { PaymentOutcome } from 'nestjs-glomopay';
import { type Observable, Subject } from 'rxjs';

/** That a purchase is getting its outcome. */
export type OutcomeNewsItem = Pick<PaymentOutcome, 'reference' | 'outcome'>;

/**
 * Tells this process that an outcome is being written. News come from inside the transaction, so
 * they are a reason to look into the database and never the outcome itself: the transaction may
 * still be rolled back. Another process hears nothing, and finds the outcome by looking.
 */
@Injectable()
export class OutcomeNews implements OnModuleDestroy {
  readonly #items = new Subject<OutcomeNewsItem>();

  get items(): Observable<OutcomeNewsItem> {
    return this.#items.asObservable();
  }

  tell(item: OutcomeNewsItem): void {
    this.#items.next(item);
  }

  onModuleDestroy(): void {
    this.#items.complete();
  }
}
