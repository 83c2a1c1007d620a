import { oneDigitOff } from './hmac-hex.js';

/** A delivery as it is on the wire. */
export interface WebhookDelivery {
  readonly body: Buffer;
  /** Absent: there is no such header. */
  readonly signature?: string;
}

/**
 * In which one way a webhook is spoiled, and what the guard and the ready-made route answer:
 * - `'body'`: still the same JSON, but with a space more than was signed (401);
 * - `'truncated'`: the body lost its last byte on the way (401);
 * - `'indented'`: parsed and written again by something in between (401);
 * - `'signature'`: one digit of it is another one (401);
 * - `'uppercase'`: the signature is in capitals (401);
 * - `'prefixed'`: `sha256=` stands before it (401);
 * - `'other-secret'`: signed with a secret that is not yours (401);
 * - `'missing-signature'`: there is none (400);
 * - `'not-json'`: genuinely signed, but not JSON (400 by the guard; the inbox keeps and parks it);
 * - `'not-an-event'`: genuinely signed JSON without the name of its entity (as `'not-json'`).
 *
 * A body parser before the guard answers bodies that are no JSON by itself, with 400.
 */
export type WebhookSpoiling = keyof typeof spoilings;

const spoilings = {
  body: ({ body, signature }) => ({ body: Buffer.concat([body, Buffer.from(' ')]), signature }),
  truncated: ({ body, signature }) => ({ body: body.subarray(0, -1), signature }),
  indented: ({ body, signature }) => ({ body: indented(body), signature }),
  signature: ({ body, signature }) => ({ body, signature: oneDigitOff(signature) }),
  uppercase: ({ body, signature }) => ({ body, signature: signature.toUpperCase() }),
  prefixed: ({ body, signature }) => ({ body, signature: `sha256=${signature}` }),
  'missing-signature': ({ body }) => ({ body }),
  // Spoiled before they are signed.
  'other-secret': (genuine) => genuine,
  'not-json': (genuine) => genuine,
  'not-an-event': (genuine) => genuine,
} satisfies Record<string, (genuine: Required<WebhookDelivery>) => WebhookDelivery>;

/** @throws {TypeError} there is no such way. */
export function spoilWebhook(
  genuine: Required<WebhookDelivery>,
  spoiled: WebhookSpoiling,
): WebhookDelivery {
  if (!Object.hasOwn(spoilings, spoiled)) {
    throw new TypeError(`A webhook is spoiled as one of: ${Object.keys(spoilings).join(', ')}`);
  }
  return spoilings[spoiled](genuine);
}

function indented(body: Buffer): Buffer {
  return Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8')), null, 2));
}
