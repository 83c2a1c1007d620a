import type { SessionHash } from '../session/session-cookie.js';

export const purchaseStatuses = [
  'pending',
  'succeeded',
  'failed',
  'mismatch',
  'needs_attention',
  'closed',
  'returned',
] as const;

/**
 * - `succeeded`, `failed`: the outcome, as the outcome handler has written it; never changes.
 * - `mismatch`: the gateway's payment is not the one we asked for, so a person has to look.
 * - `needs_attention`: nobody could find the outcome out, so a person has to look.
 * - `closed`: a person has looked and left it without an outcome; the gateway may still tell one.
 * - `returned`: a person has found that its money went back.
 * - `pending`: everything before that.
 */
export type PurchaseStatus = (typeof purchaseStatuses)[number];

/** Why a checkout ended before there was a payment. No card had been charged, and none will be. */
export type CheckoutEnd = 'ORDER_NOT_OPENED' | 'PAYMENT_NOT_STARTED';

/** What a buyer has started, and what became of it. Nothing in it came from the card. */
export interface Purchase {
  /** Unguessable; the only name of a purchase outside this process. */
  readonly reference: string;
  readonly sessionHash: string;
  readonly productId: string;
  readonly amount: number;
  readonly currency: string;
  readonly orderRequestId: string;
  readonly paymentRequestId: string;
  /** The gateway's order and payment, as soon as they are known. */
  readonly orderId: string | null;
  readonly paymentId: string | null;
  readonly status: PurchaseStatus;
  /** Why it failed: a code of the gateway, such as `PAYMENT_DECLINED`, or one of ours. */
  readonly failureCode: string | null;
  readonly createdAt: string;
}

export interface NewPurchase {
  readonly session: SessionHash;
  readonly productId: string;
  readonly amount: number;
  readonly currency: string;
}

/** Whether waiting for the outcome is over: there is one, or it is a person's to find out. */
export function isFinal(purchase: Purchase): boolean {
  return purchase.status !== 'pending';
}

/** Whether the gateway may still tell an outcome. Only then is it asked. */
export function isOpen({ status }: Purchase): boolean {
  return status === 'pending' || status === 'needs_attention' || status === 'closed';
}
