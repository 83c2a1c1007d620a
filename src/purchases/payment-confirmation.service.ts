import { Inject, Injectable, Logger } from '@nestjs/common';
import { GlomopayError, type Payment, PaymentsService } from 'nestjs-glomopay';
import { isFinal, type Purchase } from './purchase.js';
import { PurchasesService } from './purchases.service.js';

/** How long a buyer waits for the gateway's word before the page says "pending". */
const LOOK_UP_MS = 3000;
/** At most one look-up per payment in this time, however often the browser comes back. */
const PAUSE_MS = 1000;

interface LookUp {
  readonly startedAt: number;
  readonly result: Promise<Purchase>;
}

/**
 * Learns the outcome of a purchase from the gateway itself. Nothing a browser brings is an outcome:
 * it only makes us ask.
 */
@Injectable()
export class PaymentConfirmationService {
  private readonly logger = new Logger(PaymentConfirmationService.name);
  private readonly lookUps = new Map<string, LookUp>();

  constructor(
    @Inject(PaymentsService) private readonly payments: PaymentsService,
    @Inject(PurchasesService) private readonly purchases: PurchasesService,
  ) {}

  /** The purchase as far as the gateway says within three seconds; it never throws for the gateway. */
  async confirm(purchase: Purchase): Promise<Purchase> {
    const current = this.purchases.reload(purchase.reference);
    if (isFinal(current)) {
      return current;
    }
    this.forgetOldLookUps();
    const known = this.lookUps.get(current.reference);
    if (known) {
      return known.result;
    }
    const result = this.lookUp(current);
    this.lookUps.set(current.reference, { startedAt: performance.now(), result });
    return result;
  }

  /** Compares a payment from the gateway with the purchase and moves the purchase forward. */
  settle(purchase: Purchase, payment: Payment): Purchase {
    if (payment.status !== 'success' && payment.status !== 'failed') {
      return this.purchases.reload(purchase.reference);
    }
    // Never the payment's own amount: the buyer may be charged in another currency than asked for.
    const isOurs =
      payment.payinId === purchase.orderId &&
      payment.requestedAmount === purchase.amount &&
      payment.requestedCurrency === purchase.currency;
    if (!isOurs) {
      this.logger.error(`Purchase ${purchase.reference}: the payment is not the one we asked for`);
      return this.purchases.settle(purchase, 'mismatch');
    }
    return payment.status === 'success'
      ? this.purchases.settle(purchase, 'succeeded')
      : this.purchases.settle(purchase, 'failed', failureCode(payment));
  }

  private async lookUp(purchase: Purchase): Promise<Purchase> {
    try {
      const payment = await this.fetch(purchase, AbortSignal.timeout(LOOK_UP_MS));
      return payment ? this.settle(this.purchases.reload(purchase.reference), payment) : purchase;
    } catch (error) {
      if (!(error instanceof GlomopayError)) {
        throw error;
      }
      this.logger.warn(`Purchase ${purchase.reference}: no answer about it yet (${error.code})`);
      return purchase;
    }
  }

  private async fetch(purchase: Purchase, signal: AbortSignal): Promise<Payment | undefined> {
    const options = { signal, deadlineMs: LOOK_UP_MS };
    if (purchase.paymentId !== null) {
      return this.payments.get(purchase.paymentId, options);
    }
    // We sent the payment and heard nothing. Our own request id finds it, if there is one.
    const { data } = await this.payments.list({ requestId: purchase.paymentRequestId }, options);
    const [found] = data;
    if (data.length !== 1 || !found) {
      return undefined;
    }
    this.purchases.attachPayment(purchase, found.id);
    return found;
  }

  private forgetOldLookUps(): void {
    const now = performance.now();
    for (const [reference, { startedAt }] of this.lookUps) {
      if (now - startedAt < PAUSE_MS) {
        return;
      }
      this.lookUps.delete(reference);
    }
  }
}

/** The gateway's failure code, if it looks like one: it is kept and picks the text of a page. */
function failureCode(payment: Payment): string | null {
  const code = payment.errorCode;
  return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : null;
}
