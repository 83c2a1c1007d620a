import type { PaymentId } from '../../values/ids.js';
import { id, text } from '../../wire/readers.js';
import { WireObject } from '../../wire/wire-object.js';
import { decodeNextSteps, type NextStep, type PollStep, type RedirectStep } from './next-step.js';
import type { Payment } from './payment.js';

/**
 * A payment that was started. Not yet an outcome: the buyer authenticates next, and of a further charge
 * of a subscription the bank decides without one.
 */
export interface PaymentAttempt {
  readonly paymentId: PaymentId;
  /** `pending` at creation; on a replay the payment's own status. Never final by itself. */
  readonly status: string;
  readonly nextSteps: readonly NextStep[];
  /**
   * Where to send the buyer's browser. Absent on a replay, because the gateway does not repeat it:
   * show the payment's status, or start a new attempt with a new `requestId` once this one is final.
   * Absent too on a further charge of a subscription: nobody is asked.
   */
  readonly redirectUrl?: string;
  /** How the gateway wants to be asked for the outcome. `payments.waitForFinal` does it. */
  readonly poll?: Omit<PollStep, 'action'>;
  /** True when the `requestId` had been used before and the earlier payment is given back. */
  readonly replayed: boolean;
  /** The answer as the gateway sent it. Carries the redirect URL with its token: do not log it. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Reads the answer to a card payment. */
export function decodePaymentAttempt(body: unknown): PaymentAttempt {
  const attempt = new WireObject('payment', body);
  const nextSteps = attempt.read('next_steps', decodeNextSteps);
  const redirect = nextSteps.find((step): step is RedirectStep => step.action === 'redirect');
  const poll = nextSteps.find((step): step is PollStep => step.action === 'poll');
  return {
    paymentId: attempt.read('payment_id', id('payment')),
    status: attempt.read('status', text),
    nextSteps,
    ...(redirect !== undefined && { redirectUrl: redirect.url }),
    ...(poll !== undefined && { poll: { url: poll.url, intervalMs: poll.intervalMs } }),
    replayed: false,
    raw: attempt.raw,
  };
}

/** An earlier payment in the shape of the answer that got lost. */
export function replayedAttempt(payment: Payment): PaymentAttempt {
  return {
    paymentId: payment.id,
    status: payment.status,
    nextSteps: [],
    replayed: true,
    raw: payment.raw,
  };
}
