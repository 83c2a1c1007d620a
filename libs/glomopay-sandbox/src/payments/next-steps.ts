import type { PaymentRecord } from './payment.js';

/** The answer to a card payment: what the merchant does next. */
export interface PaymentCreated {
  readonly payment_id: string;
  readonly status: 'pending';
  readonly next_steps: readonly [RedirectStep, PollStep];
}

export interface RedirectStep {
  readonly action: 'redirect';
  readonly payload: { readonly url: string };
}

export interface PollStep {
  readonly action: 'poll';
  readonly payload: { readonly url: string; readonly interval_in_ms: number };
}

/** Where the steps point. */
export interface StepTargets {
  /** Where the sandbox listens. */
  readonly origin: string;
  /** `/api/v1/payments` or `/api/v1/payment`, as the merchant spelled it. */
  readonly paymentsPath: string;
  readonly pollIntervalMs: number;
}

export function paymentCreated(record: PaymentRecord, targets: StepTargets): PaymentCreated {
  const { origin, paymentsPath, pollIntervalMs } = targets;
  const query = new URLSearchParams({
    paymentId: record.id,
    authToken: record.authToken,
    redirectUrl: record.callbackUrl,
  });
  return {
    payment_id: record.id,
    status: 'pending',
    next_steps: [
      { action: 'redirect', payload: { url: `${origin}/3ds?${query}` } },
      {
        action: 'poll',
        payload: {
          url: `${origin}${paymentsPath}/${record.id}`,
          interval_in_ms: pollIntervalMs,
        },
      },
    ],
  };
}
