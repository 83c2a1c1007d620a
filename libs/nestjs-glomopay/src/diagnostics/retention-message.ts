import { channel } from 'node:diagnostics_channel';
import { publish } from './publish.js';

/** What was forgotten because it was older than the host keeps it. */
export interface GlomopayRetentionMessage {
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  /** Events that were handled, with their payloads. */
  readonly events: number;
  /** Histories of movements. */
  readonly histories: number;
  /** Keys of events that were forgotten before. */
  readonly keys: number;
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
}

/** Channel `nestjs-glomopay:retention`: a {@link GlomopayRetentionMessage} for each run that forgot anything. */
export const retentionChannel = channel('nestjs-glomopay:retention');

/** Publishes what a run has forgotten. */
export function publishRetention(message: GlomopayRetentionMessage): void {
  if (!retentionChannel.hasSubscribers) return;
  const { account, events, histories, keys, durationMs } = message;
  publish(retentionChannel, { account, events, histories, keys, durationMs });
}
