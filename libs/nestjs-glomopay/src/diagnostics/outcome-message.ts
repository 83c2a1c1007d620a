import { channel } from 'node:diagnostics_channel';
import { publish } from './publish.js';

/** A tracked payment that has just reached its end, or that a person has to look at. */
export interface GlomopayOutcomeMessage {
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  readonly state: 'succeeded' | 'failed' | 'mismatch' | 'needs_attention';
  /** Why, for `mismatch`, `needs_attention`, and a failure without a payment. */
  readonly reason: string | undefined;
  /** For traces; never for a metric. */
  readonly orderId: string | undefined;
  readonly paymentId: string | undefined;
  /** Since the intent was written, in milliseconds. */
  readonly durationMs: number;
}

/**
 * Channel `nestjs-glomopay:outcome`: a {@link GlomopayOutcomeMessage} once the change is committed,
 * by the process that made it.
 */
export const outcomeChannel = channel('nestjs-glomopay:outcome');

/** Publishes the end of a tracked payment. */
export function publishOutcome(message: GlomopayOutcomeMessage): void {
  if (!outcomeChannel.hasSubscribers) return;
  const { account, state, reason, orderId, paymentId, durationMs } = message;
  publish(outcomeChannel, { account, state, reason, orderId, paymentId, durationMs });
}
