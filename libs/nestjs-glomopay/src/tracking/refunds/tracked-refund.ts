import type { RefundStatus } from '../../api/refunds/refund.js';
import type { IdText } from '../../values/ids.js';
import type {
  TrackedKey,
  TrackedReason,
  TrackedRecord,
  TrackedResolution,
  TrackedState,
} from '../store/tracked-record.js';

/** Names a refund by its kind too, as a {@link TrackedRefund} does. */
export interface RefundKey {
  readonly kind: 'refund';
  readonly requestId: string;
}

/** A refund as it is tracked: its record, in the words of refunds. */
export interface TrackedRefund {
  readonly kind: 'refund';
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  readonly requestId: string;
  /** The host's own reference; its `requestId` unless it gave another. */
  readonly reference: string;
  /** The payment whose money goes back. */
  readonly paymentId: IdText<'payment'>;
  /** What was asked for, in minor units of `currency`; of a refund that nobody asked for, what the buyer gets. */
  readonly amount: number;
  readonly currency: string;
  readonly state: TrackedState;
  readonly reason: TrackedReason | null;
  readonly refundId: IdText<'refund'> | null;
  /** The gateway's own status when it was last asked. */
  readonly gatewayStatus: RefundStatus | null;
  /** Why the gateway refused it. */
  readonly errorCode: string | null;
  readonly errorDescription: string | null;
  /** How a person has closed it; null when none has, or when news came since. */
  readonly resolution: TrackedResolution | null;
  readonly resolvedBy: string | null;
  readonly resolutionNote: string | null;
  /** Grows with every change. */
  readonly version: number;
  /** How often the sweeper has looked. */
  readonly checks: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** When the sweeper looks next; null when it does not. */
  readonly nextCheckAt: Date | null;
}

/** The key of a refund's record. */
export function refundKey(account: string, requestId: string): TrackedKey {
  return { account, kind: 'refund', requestId };
}

/** Tells whether a record is that of a refund; others may be about the same payment. */
export function isRefund({ kind }: Pick<TrackedKey, 'kind'>): boolean {
  return kind === 'refund';
}

/** The record of a refund in the words of refunds. */
export function asRefund(record: TrackedRecord): TrackedRefund {
  const { kind } = record;
  if (kind !== 'refund') throw new TypeError(`A ${kind} is no refund`);
  return {
    kind,
    account: record.account,
    requestId: record.requestId,
    reference: record.reference,
    paymentId: record.subjectId ?? '',
    amount: record.amount,
    currency: record.currency,
    state: record.state,
    reason: record.reason,
    refundId: record.objectId,
    gatewayStatus: record.gatewayStatus,
    errorCode: record.errorCode,
    errorDescription: record.errorDescription,
    resolution: record.resolution,
    resolvedBy: record.resolvedBy,
    resolutionNote: record.resolutionNote,
    version: record.version,
    checks: record.checks,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    nextCheckAt: record.nextCheckAt,
  };
}
