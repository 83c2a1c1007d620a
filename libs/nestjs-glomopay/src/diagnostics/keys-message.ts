import { channel } from 'node:diagnostics_channel';
import { publish } from './publish.js';

/** Keys of a provider that were read again. None of it is a key. */
export interface GlomopayKeysMessage {
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  readonly option: 'secretKey' | 'webhookSecret';
  /**
   * - `changed`: there are other keys now;
   * - `unchanged`: they are the same;
   * - `failed`: the reading brought no usable keys, so those before it stay.
   */
  readonly result: 'changed' | 'unchanged' | 'failed';
  /**
   * Why they were read: it was time, the provider has told of a change, the gateway has answered 401,
   * a message was signed by none of them, or the application has asked.
   */
  readonly cause: 'due' | 'notified' | 'refused' | 'unknown_signature' | 'asked';
  /** What kept a reading from bringing usable keys, in words of the library's own. */
  readonly fault: string | undefined;
  readonly durationMs: number;
}

/** Channel `nestjs-glomopay:keys`: a {@link GlomopayKeysMessage} for each time keys are read again. */
export const keysChannel = channel('nestjs-glomopay:keys');

/** Publishes what became of a reading. */
export function publishKeys(message: GlomopayKeysMessage): void {
  if (!keysChannel.hasSubscribers) return;
  const { account, option, result, cause, fault, durationMs } = message;
  publish(keysChannel, { account, option, result, cause, fault, durationMs });
}
