import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';
import type { EventSubject } from './payment-event.js';

/**
 * Tells this process that the gateway has told something. Another process hears nothing, and finds
 * the event by looking.
 */
@Injectable()
export class PaymentEventNews implements OnModuleDestroy {
  readonly #items = new Subject<EventSubject>();

  get items(): Observable<EventSubject> {
    return this.#items.asObservable();
  }

  tell(item: EventSubject): void {
    this.#items.next(item);
  }

  onModuleDestroy(): void {
    this.#items.complete();
  }
}
