import type { WebhookInbox } from '../tracking/inbox/webhook-inbox.js';
import type { PaymentTracker } from '../tracking/payments/payment-tracker.js';
import { within } from '../values/within.js';

/** What the database says about the work that waits. */
export interface TrackingLook {
  readonly inbox: {
    readonly open: number;
    /** Parked. */
    readonly failed: number;
    /** Since the oldest open one arrived; null when there is none. */
    readonly oldestOpenMs: number | null;
  };
  readonly payments: {
    /** Without an outcome so far. */
    readonly open: number;
    readonly needsAttention: number;
  };
}

/** Counts in the database. Undefined: it has not answered in time, or it has failed. */
export async function lookAtTracking(
  inbox: WebhookInbox,
  tracker: PaymentTracker,
  timeoutMs: number,
): Promise<TrackingLook | undefined> {
  const looks = Promise.all([inbox.counts(), tracker.counts()]).catch(() => undefined);
  const counted = await within(timeoutMs, looks, () => undefined);
  if (counted === undefined) return undefined;
  const [{ open, failed, oldestOpenAt }, payments] = counted;
  const oldestOpenMs =
    oldestOpenAt === null ? null : Math.max(0, Date.now() - oldestOpenAt.getTime());
  return {
    inbox: { open, failed, oldestOpenMs },
    payments: { open: payments.open, needsAttention: payments.needsAttention },
  };
}
