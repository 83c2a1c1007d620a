import { publishOutcome } from '../../diagnostics/outcome-message.js';
import type { Settled } from '../store/tracking-store.js';
import { asPayment } from './tracked-payment.js';

/** Says that a payment has come to its end, or to a person, once that is committed. */
export function announcePayment({ before, after }: Settled): void {
  const { kind, account, state, reason, orderId, paymentId, createdAt, updatedAt } =
    asPayment(after);
  if (state === before.state || state === 'created' || state === 'attempted') return;
  publishOutcome({
    account,
    kind,
    state,
    reason: reason ?? undefined,
    orderId: orderId ?? undefined,
    paymentId: paymentId ?? undefined,
    refundId: undefined,
    durationMs: updatedAt.getTime() - createdAt.getTime(),
  });
}
