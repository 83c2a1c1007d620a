import type { Book } from '../books/book.js';
import { GatewayError } from '../http/gateway-error.js';
import type { PaymentRecord } from '../payments/payment.js';
import type { ResourceKit } from '../resource-kit.js';
import { newRefund } from './new-refund.js';
import { grant } from './refund-rules.js';
import type { RefundRecord } from './refund.js';

/** What the gateway gives back by itself. */
export interface VerificationContext extends Pick<ResourceKit, 'account' | 'balances' | 'clock'> {
  readonly refunds: Book<RefundRecord>;
}

/**
 * Gives back what only verified a card. INFERRED: it is as any other refund, paid from the balance, and
 * there is none where such a one would be refused.
 */
export function refundVerification({ payment }: PaymentRecord, context: VerificationContext): void {
  const { refunds, clock } = context;
  const request = {
    paymentId: payment.id,
    reason: 'Refunded For Subscription Verification',
    amount: undefined,
    requestId: null,
    documentId: undefined,
  };
  try {
    const granted = grant(request, { ...context, payment, earlier: [], now: clock.now() });
    refunds.open(newRefund({ request, payment, earlier: [], granted }, clock));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
  }
}
