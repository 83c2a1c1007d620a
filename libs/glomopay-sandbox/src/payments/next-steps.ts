import type { PaymentRecord } from './payment.js';

/** The answer to a card payment: what the merchant does next. */
export interface PaymentCreated {
  readonly payment_id: string;
  readonly status: 'pending';
  /** Without a buyer there is nobody to redirect (INFERRED). */
  readonly next_steps: readonly [RedirectStep, PollStep] | readonly [PollStep];
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
  const { id: payment_id, callbackUrl } = record;
  const poll = pollStep(record, targets);
  const next_steps = callbackUrl
    ? ([redirectStep(record, targets), poll] as const)
    : ([poll] as const);
  return { payment_id, status: 'pending', next_steps };
}

function redirectStep(record: PaymentRecord, { origin }: StepTargets): RedirectStep {
  return { action: 'redirect', payload: { url: redirectUrl(record, origin) } };
}

/** The bank's page of a payment. Whoever has the address can answer the bank. */
export function redirectUrl(record: PaymentRecord, origin: string): string {
  const query = new URLSearchParams({
    paymentId: record.id,
    authToken: record.authToken,
    redirectUrl: record.callbackUrl,
  });
  return `${origin}/3ds?${query}`;
}

function pollStep({ id }: PaymentRecord, targets: StepTargets): PollStep {
  const { origin, paymentsPath, pollIntervalMs: interval_in_ms } = targets;
  return { action: 'poll', payload: { url: `${origin}${paymentsPath}/${id}`, interval_in_ms } };
}
