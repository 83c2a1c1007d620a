import { channel } from 'node:diagnostics_channel';
import type { GlomopaySignatureFault } from '../errors/signature.error.js';
import { publish } from './publish.js';

/** A callback that the guard has judged. */
export interface GlomopayCallbackMessage {
  /** Name of the merchant account; `default` for the unnamed one, empty when the request leads to none. */
  readonly account: string;
  readonly result: 'accepted' | 'refused';
  /** Why it was refused. */
  readonly reason: GlomopaySignatureFault | undefined;
  /** Of an accepted callback only: a refused one is neither believed nor passed on. */
  readonly orderId: string | undefined;
  readonly paymentId: string | undefined;
  /** What the browser says; not yet the outcome. */
  readonly status: 'success' | 'failed' | undefined;
}

/** Channel `nestjs-glomopay:callback`: a {@link GlomopayCallbackMessage} for each callback. */
export const callbackChannel = channel('nestjs-glomopay:callback');

/** Publishes what became of a callback. */
export function publishCallback(
  message: Pick<GlomopayCallbackMessage, 'account' | 'result'> & Partial<GlomopayCallbackMessage>,
): void {
  if (!callbackChannel.hasSubscribers) return;
  const { account, result, reason, orderId, paymentId, status } = message;
  publish(callbackChannel, { account, result, reason, orderId, paymentId, status });
}
