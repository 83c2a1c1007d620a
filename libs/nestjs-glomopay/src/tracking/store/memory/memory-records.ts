import type { TrackedKey, TrackedPayment } from '../tracked-payment.js';

/** The records of a `MemoryTrackingStore`, oldest first. */
export class MemoryRecords {
  readonly #records = new Map<string, TrackedPayment>();

  get(key: TrackedKey): TrackedPayment | undefined {
    return this.#records.get(idOf(key));
  }

  put(record: TrackedPayment): TrackedPayment {
    this.#records.set(idOf(record), record);
    return record;
  }

  of(account: string): TrackedPayment[] {
    return [...this.#records.values()].filter((record) => record.account === account);
  }

  /** Accounts with a record of which this holds. */
  accounts(holds: (record: TrackedPayment) => boolean): string[] {
    return [...new Set([...this.#records.values()].filter(holds).map(({ account }) => account))];
  }

  /** Whether another payment of the same order has succeeded. */
  paidBeside({ account, orderId, requestId }: TrackedPayment): boolean {
    return this.of(account).some(
      (other) =>
        orderId !== null &&
        other.orderId === orderId &&
        other.requestId !== requestId &&
        other.state === 'succeeded',
    );
  }

  /** A payment of the gateway belongs to one record. */
  assertOwner({ account, requestId }: TrackedKey, paymentId: string | null): void {
    const owner = this.of(account).find((record) => record.paymentId === paymentId);
    if (paymentId !== null && owner !== undefined && owner.requestId !== requestId) {
      throw new Error('The payment belongs to another record');
    }
  }
}

/** A key as one text. */
export function idOf({ account, requestId }: TrackedKey): string {
  return JSON.stringify([account, requestId]);
}

/** Payments of one order share a lane; one without an order has its own. */
export function laneOf({ account, orderId, requestId }: TrackedPayment): string {
  return JSON.stringify(orderId === null ? [account, 'request', requestId] : [account, orderId]);
}

/** When the sweeper is to look, in milliseconds; never is infinite. */
export function dueAt({ nextCheckAt }: TrackedPayment): number {
  return nextCheckAt?.getTime() ?? Number.POSITIVE_INFINITY;
}
