import type { GlomopayEventName } from '../../webhooks/event-catalogue.js';
import { canonicalJson } from './canonical-json.js';
import { hmacHex, otherKey } from './hmac-hex.js';
import { spoilWebhook, type WebhookSpoiling } from './webhook-spoiling.js';

/** An event of the catalogue, and its object in the gateway's own names (`requested_amount`). */
export interface EventToSign {
  readonly type: GlomopayEventName;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A whole message, such as a `GlomopayEvent`: for events that the catalogue does not know. */
export interface MessageToSign {
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A delivery, ready to be posted. */
export interface SignedWebhook {
  /** The bytes that were signed. Send them as they are: a client that writes them again breaks them. */
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Signs a webhook as the gateway does, or one that is spoiled in one named way.
 *
 * @example
 * const { body, headers } = signWebhook({ type: 'payment.success', data: { id: paymentId } }, secret);
 * await request(app.getHttpServer()).post('/webhooks/glomopay').set(headers).send(body.toString());
 */
export function signWebhook(
  event: EventToSign | MessageToSign,
  webhookSecret: string,
  spoiled?: WebhookSpoiling,
): SignedWebhook {
  const body = Buffer.from(textOf(event, spoiled));
  const secret = spoiled === 'other-secret' ? otherKey(webhookSecret) : webhookSecret;
  const genuine = { body, signature: hmacHex(body, secret) };
  const sent = spoiled === undefined ? genuine : spoilWebhook(genuine, spoiled);
  return {
    body: sent.body,
    headers: {
      'content-type': 'application/json',
      ...(sent.signature !== undefined && { 'x-glomopay-signature': sent.signature }),
    },
  };
}

function textOf(event: EventToSign | MessageToSign, spoiled?: WebhookSpoiling): string {
  if (spoiled === 'not-json') return 'this is not JSON';
  const { entity_type: entity, ...rest } = messageOf(event);
  return canonicalJson(spoiled === 'not-an-event' ? rest : { ...rest, entity_type: entity });
}

function messageOf(event: EventToSign | MessageToSign): Readonly<Record<string, unknown>> {
  if ('raw' in event) return event.raw;
  const dot = event.type.indexOf('.');
  return {
    entity_type: event.type.slice(0, dot),
    event_type: event.type.slice(dot + 1),
    data: event.data,
  };
}
