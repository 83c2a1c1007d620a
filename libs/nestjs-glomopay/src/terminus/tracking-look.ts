import type { WebhookInbox } from '../tracking/inbox/webhook-inbox.js';
import type { TrackedMovements } from '../tracking/movements/tracked-movements.js';
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
  /** Everything that moves money, of every kind that is tracked: refunds are counted too. */
  readonly payments: {
    /** Without an outcome so far. */
    readonly open: number;
    /** Until a person has closed them. */
    readonly needsAttention: number;
  };
}

/** Counts in the database. Undefined: it has not answered in time, or it has failed. */
export async function lookAtTracking(
  inbox: WebhookInbox,
  movements: TrackedMovements,
  timeoutMs: number,
): Promise<TrackingLook | undefined> {
  const looks = Promise.all([inbox.counts(), movements.counts()]).catch(() => undefined);
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
