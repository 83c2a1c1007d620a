import type { RefundOutcome, RefundReason } from 'nestjs-glomopay';

/**
 * - `asked`: written down before the gateway was asked; whether it has heard of it is not known.
 * - `in_progress`: the gateway has the refund, and it has not ended.
 * - `refunded`, `failed`: how it ended; never changes.
 * - `refused`: the gateway did not take it, or never got it, so nothing happened; never changes.
 */
export const refundStates = ['asked', 'in_progress', 'refunded', 'failed', 'refused'] as const;

export type RefundState = (typeof refundStates)[number];

/** One refund of a purchase, from the moment an operator asked for it. */
export interface PurchaseRefund {
  readonly reference: string;
  /** From 1. The first refund of a purchase is asked for once, however often its button is pressed. */
  readonly number: number;
  readonly paymentId: string;
  /** Minor units of the purchase's currency. */
  readonly amount: number;
  /** Whether it was asked for as all of the payment. */
  readonly isWhole: boolean;
  readonly reason: RefundReason;
  readonly state: RefundState;
  /** The gateway's refund, as soon as it is known. */
  readonly refundId: string | null;
  /** Why it was refused, in the gateway's words where it had some. */
  readonly refusal: string | null;
  readonly createdAt: string;
}

/** The guard of a refund at the gateway. It is made of what the shop has written down, and of nothing else. */
export function requestIdOf({
  reference,
  number,
}: Pick<PurchaseRefund, 'reference' | 'number'>): string {
  return `refund-${reference}-${number}`;
}

/** The refund of a guard; nothing when it is none of this shop. */
export function refundUnder(
  requestId: string,
): Pick<PurchaseRefund, 'reference' | 'number'> | undefined {
  const [, reference, number] = /^refund-(.+)-(\d{1,3})$/.exec(requestId) ?? [];
  return reference === undefined ? undefined : { reference, number: Number(number) };
}

/** Whether it may still change. */
export function isOpen({ state }: PurchaseRefund): boolean {
  return state === 'asked' || state === 'in_progress';
}

/** Whether its money is on its way back, or back. */
export function counts({ state }: PurchaseRefund): boolean {
  return state !== 'failed' && state !== 'refused';
}

/** What is left of an amount after refunds. */
export function amountLeft(amount: number, refunds: readonly PurchaseRefund[]): number {
  return refunds.filter(counts).reduce((left, refund) => left - refund.amount, amount);
}

/** How it ended. */
export function stateOf({ outcome, reason }: RefundOutcome): RefundState {
  if (outcome === 'succeeded') {
    return 'refunded';
  }
  return reason === null ? 'failed' : 'refused';
}
