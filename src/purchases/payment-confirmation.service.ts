import { Inject, Injectable } from '@nestjs/common';
import { type GlomopayCallback, PaymentTracker } from 'nestjs-glomopay';
import { isOpen, type Purchase } from './purchase.js';
import { PurchasesService } from './purchases.service.js';

/**
 * Has the tracker ask the gateway when a browser gives reason to. What a browser brings is no
 * outcome: the tracker compares what the gateway says, and the outcome recorder writes it down.
 */
@Injectable()
export class PaymentConfirmationService {
  readonly #tracker: PaymentTracker;
  readonly #purchases: PurchasesService;
  constructor(
    @Inject(PaymentTracker) tracker: PaymentTracker,
    @Inject(PurchasesService) purchases: PurchasesService,
  ) {
    this.#tracker = tracker;
    this.#purchases = purchases;
  }

  /** The purchase as far as the gateway says within three seconds; it never throws for the gateway. */
  async confirm({ reference }: Purchase): Promise<Purchase> {
    const purchase = await this.#purchases.reload(reference);
    if (!isOpen(purchase)) {
      return purchase;
    }
    await this.#tracker.check(purchase.paymentRequestId);
    return this.#purchases.reload(reference);
  }

  /** The purchase a signed return is about, or nothing if it is none of this shop. */
  async confirmReturn(callback: GlomopayCallback): Promise<Purchase | undefined> {
    const record = await this.#tracker.confirm(callback);
    return record && this.#purchases.byReference(record.reference);
  }
}
