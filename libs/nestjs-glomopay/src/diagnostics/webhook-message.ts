import { channel } from 'node:diagnostics_channel';
import { publish } from './publish.js';

/**
 * What became of a webhook delivery:
 * - `accepted`: authentic, and stored where there is a store;
 * - `duplicate`: authentic, and stored before;
 * - `refused`: not authentic, or not readable;
 * - `not_stored`: authentic, but the store failed; the gateway delivers it again.
 */
export type WebhookResult = 'accepted' | 'duplicate' | 'refused' | 'not_stored';

/** A webhook delivery that was judged. */
export interface GlomopayWebhookMessage {
  /** Name of the merchant account; `default` for the unnamed one, empty when the request leads to none. */
  readonly account: string;
  readonly result: WebhookResult;
  /** Why it was refused. A word of the library's own; never text of the delivery. */
  readonly reason: string | undefined;
  /** Type of an authentic event (`payment.success`). That of a refused one is not passed on. */
  readonly type: string | undefined;
}

/** Channel `nestjs-glomopay:webhook`: a {@link GlomopayWebhookMessage} for each delivery. */
export const webhookChannel = channel('nestjs-glomopay:webhook');

/** Publishes what became of a webhook delivery. */
export function publishWebhook(
  message: Pick<GlomopayWebhookMessage, 'account' | 'result'> & Partial<GlomopayWebhookMessage>,
): void {
  if (!webhookChannel.hasSubscribers) return;
  const { account, result, reason, type } = message;
  publish(webhookChannel, {
    account,
    result,
    reason,
    type: result === 'refused' ? undefined : type,
  });
}
