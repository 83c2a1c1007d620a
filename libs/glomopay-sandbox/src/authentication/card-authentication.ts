import { createHash, timingSafeEqual } from 'node:crypto';
import type { SandboxAccount } from '../account.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import type { Book } from '../books/book.js';
import type { FaultQueue } from '../faults/fault-queue.js';
import type { KeyRing } from '../keys/key-ring.js';
import type { Balances } from '../money/balances.js';
import type { Order } from '../orders/order.js';
import { markPaid } from '../orders/order-book.js';
import { creditedAmount } from '../payments/charged-amount.js';
import type { PaymentRecord } from '../payments/payment.js';
import type { BankDecision } from '../payments/bank-decision.js';
import { decided } from '../payments/payment-outcome.js';
import { signedReturn } from './callback-address.js';

/** What authentication works on. */
export interface CardAuthenticationContext {
  readonly payments: Book<PaymentRecord>;
  readonly orders: Book<Order>;
  readonly keys: KeyRing;
  readonly faults: FaultQueue;
  readonly account: SandboxAccount;
  readonly balances: Balances;
  readonly clock: Clock;
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
   */
  decide(record: PaymentRecord, decision: BankDecision): PaymentRecord {
    if (!isOpen(record)) return record;
    const { payments, orders, clock, account, balances } = this.#context;
    const payment = decided(record, decision, account.screening, timestamp(clock));
    const updated = payments.move(record.id, { payment }) ?? record;
    if (payment.status === 'success') {
      balances.credit(creditedAmount(payment));
      markPaid(orders, payment.payin_id, clock);
    }
    return updated;
  }

  /** The signed URL the browser goes to next. */
  returnUrl({ payment, callbackUrl }: PaymentRecord): string {
    const { keys, faults } = this.#context;
    const older = faults.takeForCallback() ? keys.older() : undefined;
    const callback = {
      orderId: payment.payin_id,
      paymentId: payment.id,
      // INFERRED for action_required: the bank said yes, and the callback knows two words only.
      status: payment.status === 'failed' ? ('failed' as const) : ('success' as const),
    };
    return signedReturn(callbackUrl, callback, older ?? keys.newest);
  }
}

/** Whether the bank still waits for an answer. */
export function isOpen({ payment }: PaymentRecord): boolean {
  return payment.status === 'in_progress';
}

function isSame(expected: string, given: string): boolean {
  return timingSafeEqual(digest(expected), digest(given));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
