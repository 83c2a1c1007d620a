import { Inject, Injectable } from '@nestjs/common';
import { type GlomopayCallback, PaymentTracker, type TrackedPayment } from 'nestjs-glomopay';
import { isOpen, type Purchase } from './purchase.js';
import { PurchasesService } from './purchases.service.js';

/**
 * Has the tracker ask the gateway when a browser gives reason to. What a browser brings is no
 * outcome: the tracker compares what the gateway says, and the outcome recorder writes it down.
 */
@Injectable()
export class PaymentConfirmationService {
  private readonly looks = new Map<string, Promise<TrackedPayment | undefined>>();

  constructor(
    @Inject(PaymentTracker) private readonly tracker: PaymentTracker,
    @Inject(PurchasesService) private readonly purchases: PurchasesService,
  ) {}

  /**
   * The purchase as far as the gateway says within three seconds; it never throws for the gateway.
   * Without an id of the payment nothing is asked: the sweeper finds it by its request id.
   */
  async confirm({ reference }: Purchase): Promise<Purchase> {
    const purchase = await this.purchases.reload(reference);
    const { orderId, paymentId } = purchase;
    if (!isOpen(purchase) || !isOrderId(orderId) || !isPaymentId(paymentId)) {
      return purchase;
    }
    // The tracker does not read the status: it is what a browser would claim.
    await this.look({ orderId, paymentId, status: 'success' });
    return this.purchases.reload(reference);
  }

  /** The purchase a signed return is about, or nothing if it is none of this shop. */
  async confirmReturn(callback: GlomopayCallback): Promise<Purchase | undefined> {
    const record = await this.look(callback);
    return record && this.purchases.byReference(record.reference);
  }

  /** One look for all who ask at the same time: the tracker would tell the others "not yet". */
  private look(callback: GlomopayCallback): Promise<TrackedPayment | undefined> {
    const running = this.looks.get(callback.paymentId);
    if (running) {
      return running;
    }
    const started = this.tracker
      .confirm(callback)
      .finally(() => this.looks.delete(callback.paymentId));
    this.looks.set(callback.paymentId, started);
    return started;
  }
}

function isOrderId(id: string | null): id is `order_${string}` {
  return id !== null && id.startsWith('order_');
}

function isPaymentId(id: string | null): id is `payt_${string}` {
  return id !== null && id.startsWith('payt_');
}
