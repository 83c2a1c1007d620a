import { channel } from 'node:diagnostics_channel';
import { publish } from './publish.js';

/** A handler's run that has ended: of a webhook event, or of what follows an outcome. */
export interface GlomopayEventMessage {
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  /** The handler: the name it was given, else `Class.method`. */
  readonly handler: string;
  /** Type of the event (`payment.success`, `after.payment.succeeded`). */
  readonly type: string;
  /** `failed` is tried again; `parked` has failed for the last time and waits for a person. */
  readonly state: 'done' | 'failed' | 'parked';
  /** Which run of this handler it was, from 1. */
  readonly attempt: number;
  /** How long the run took, in milliseconds. */
  readonly durationMs: number;
}

/** Channel `nestjs-glomopay:event`: a {@link GlomopayEventMessage} for each run of a handler. */
export const eventChannel = channel('nestjs-glomopay:event');

/** Publishes the end of a handler's run. */
export function publishEvent(message: GlomopayEventMessage): void {
  if (!eventChannel.hasSubscribers) return;
  const { account, handler, type, state, attempt, durationMs } = message;
  publish(eventChannel, { account, handler, type, state, attempt, durationMs });
}
