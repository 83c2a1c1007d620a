import { channel } from 'node:diagnostics_channel';
import { publish } from './publish.js';

/** A tracked movement of money that has just reached its end, or that a person has to look at. */
export interface GlomopayOutcomeMessage {
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  /** What moved: `payment`, `refund` or `collection`. */
  readonly kind: 'payment' | 'refund' | 'collection';
  readonly state: 'succeeded' | 'failed' | 'mismatch' | 'needs_attention';
  /** Why, for `mismatch`, `needs_attention`, and a failure without an object of the gateway. */
  readonly reason: string | undefined;
  /** For traces; never for a metric. */
  readonly orderId: string | undefined;
  /** Of a refund, the payment that it gives back. */
  readonly paymentId: string | undefined;
  readonly refundId: string | undefined;
  /** Since the intent was written, in milliseconds. */
  readonly durationMs: number;
}

/**
 * Channel `nestjs-glomopay:outcome`: a {@link GlomopayOutcomeMessage} once the change is committed,
 * by the process that made it.
 */
export const outcomeChannel = channel('nestjs-glomopay:outcome');

/** Publishes the end of a tracked movement. */
export function publishOutcome(message: GlomopayOutcomeMessage): void {
  if (!outcomeChannel.hasSubscribers) return;
  const { account, kind, state, reason, orderId, paymentId, refundId, durationMs } = message;
  publish(outcomeChannel, {
    account,
    kind,
    state,
    reason,
    orderId,
    paymentId,
    refundId,
    durationMs,
  });
}
