import { type SessionHash } from '../session/session-cookie.js';

export const purchaseStatuses = ['pending', 'succeeded', 'failed', 'mismatch'] as const;

/**
 * `pending` moves once, to one of the others; those never change.
 * `mismatch`: the gateway's payment is not the one we asked for, so a person has to look.
 */
export type PurchaseStatus = (typeof purchaseStatuses)[number];

/** The shop's own record of one sale. Nothing in it came from the card. */
export interface Purchase {
  /** Unguessable; the only name of a purchase outside this process. */
  readonly reference: string;
  readonly sessionHash: string;
  readonly productId: string;
  readonly amount: number;
  readonly currency: string;
  readonly orderRequestId: string;
  readonly paymentRequestId: string;
  readonly orderId: string | null;
  readonly paymentId: string | null;
  readonly status: PurchaseStatus;
  /** The gateway's code for a failed payment, such as `PAYMENT_DECLINED`. */
  readonly failureCode: string | null;
  readonly createdAt: string;
}

export interface NewPurchase {
  readonly session: SessionHash;
  readonly productId: string;
  readonly amount: number;
  readonly currency: string;
}

/** Whether the outcome of a purchase is known. */
export function isFinal(purchase: Purchase): boolean {
  return purchase.status !== 'pending';
}
