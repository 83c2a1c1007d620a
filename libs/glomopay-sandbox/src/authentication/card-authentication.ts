import { createHash, timingSafeEqual } from 'node:crypto';
import type { Book } from '../books/book.js';
import type { FaultQueue } from '../faults/fault-queue.js';
import type { KeyRing } from '../keys/key-ring.js';
import type { BankDecision } from '../payments/bank-decision.js';
import { decidePayment, isOpen } from '../payments/decide-payment.js';
import type { DecisionContext } from '../payments/decide-payment.js';
import type { PayinSource } from '../payments/payin-source.js';
import type { PaymentRecord } from '../payments/payment.js';
import { refundVerification } from '../refunds/refund-verification.js';
import type { RefundRecord } from '../refunds/refund.js';
import { markSignedUp } from '../subscriptions/first-payment.js';
import type { SubscriptionRecord } from '../subscriptions/subscription.js';
import { signedReturn } from './callback-address.js';

/** What authentication works on. */
export interface CardAuthenticationContext extends DecisionContext {
  readonly payins: readonly PayinSource[];
  readonly subscriptions: Book<SubscriptionRecord>;
  readonly refunds: Book<RefundRecord>;
  readonly keys: KeyRing;
  readonly faults: FaultQueue;
}

/** The bank's side of a payment: who may see its page, what a decision does, where it leads. */
export class CardAuthentication {
  readonly #context: CardAuthenticationContext;

  constructor(context: CardAuthenticationContext) {
    this.#context = context;
  }

  /** The payment behind a 3DS link, or `undefined` when the token is not its own. */
  find(paymentId: string, authToken: string): PaymentRecord | undefined {
    const record = this.#context.payments.get(paymentId);
    return record && isSame(record.authToken, authToken) ? record : undefined;
  }

  /**
   * Records the decision and tells the merchant's servers. A payment that has one keeps it, so a
   * replay changes nothing.
   *
   * INFERRED: two attempts on one order may both succeed, when both were under way.
   *
   * @param errorCode why the bank declines. @defaultValue 'PAYMENT_DECLINED'
   */
  decide(record: PaymentRecord, decision: BankDecision, errorCode?: string): PaymentRecord {
    if (!isOpen(record)) return record;
    const { payins, subscriptions, clock } = this.#context;
    const after = decidePayment(record, decision, this.#context, errorCode);
    if (after.payment.status !== 'success') return after;
    const { payin_id: payinId } = after.payment;
    if (payinId !== null) {
      // Each knows its own ids.
      for (const source of payins) source.pay(payinId);
    } else if (markSignedUp(subscriptions, after, clock.now())) {
      refundVerification(after, this.#context);
    }
    return after;
  }

  /**
   * The same for a buyer without a browser.
   *
   * @returns the signed URL the browser would be sent to.
   * @throws {TypeError} when no buyer is asked: it is a further charge of a subscription.
   */
  complete(record: PaymentRecord, decision: BankDecision, errorCode?: string): string {
    if (!record.callbackUrl) throw new TypeError('No buyer is asked about this payment');
    return this.returnUrl(this.decide(record, decision, errorCode));
  }

  /** The signed URL the browser goes to next. */
  returnUrl({ payment, callbackUrl }: PaymentRecord): string {
    const { keys, faults } = this.#context;
    const older = faults.takeForCallback() ? keys.older() : undefined;
    const callback = {
      // INFERRED: what stands there for a subscription.
      orderId: payment.payin_id ?? payment.subscription_id ?? '',
      paymentId: payment.id,
      // INFERRED for action_required: the bank said yes, and the callback knows two words only.
      status: payment.status === 'failed' ? ('failed' as const) : ('success' as const),
    };
    return signedReturn(callbackUrl, callback, older ?? keys.newest);
  }
}

function isSame(expected: string, given: string): boolean {
  return timingSafeEqual(digest(expected), digest(given));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
