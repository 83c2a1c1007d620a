import { Inject, Injectable } from '@nestjs/common';
import type { GlomopayConfig } from '../config/glomopay-config.js';
import { GLOMOPAY_CONFIG } from '../config/glomopay.tokens.js';
import type { KeyRing } from '../config/key-ring.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { Named } from '../errors/named.decorator.js';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { HmacVerifier } from '../signing/hmac-verifier.js';
import { decodeEvent } from './decode-event.js';
import type { GlomopayEvent } from './glomopay-event.js';

/** The largest body that is looked at: 1 MiB. */
export const MAX_WEBHOOK_BYTES = 1_048_576;

const OF_BYTES = 'no active secret has made this signature';
const OF_TEXT =
  'no active secret has made this signature over the UTF-8 bytes of this text; a text that was ' +
  'decoded with loss (another charset, bad bytes, a byte order mark) never verifies: keep the bytes';

/**
 * Verifies what the gateway sends to a webhook, without HTTP: HMAC-SHA256 over the raw body under any
 * active webhook secret (docs/gateway.md, Webhook signature). The body is not parsed before the
 * signature holds.
 */
@Injectable()
@Named('WebhookVerifier')
export class WebhookVerifier {
  /** Undefined: this account has no webhook secret, so nothing can be verified. */
  readonly #hmac: HmacVerifier | undefined;
  readonly #secrets: KeyRing | undefined;

  constructor(@Inject(GLOMOPAY_CONFIG) config: GlomopayConfig) {
    const { webhookSecrets } = config;
    this.#secrets = webhookSecrets;
    this.#hmac = webhookSecrets === undefined ? undefined : new HmacVerifier(webhookSecrets);
  }

  /**
   * Verifies a message and reads its event.
   *
   * @param rawBody The bytes as they arrived; a text counts as its UTF-8 bytes. Never a body that was
   *   parsed and written again.
   * @param signature The header `X-Glomopay-Signature`.
   * @throws {GlomopaySignatureError} `mismatch`: no active secret has signed these bytes; `malformed`:
   *   there is no signature, or the body is signed but not an event; `too_large`: over 1 MiB.
   * @throws {GlomopayConfigurationError} `webhookSecret` is not configured.
   */
  verify(rawBody: Uint8Array | string, signature: unknown): GlomopayEvent {
    const body = asBytes(rawBody);
    this.#assertSigned(body, signature, rawBody);
    return decodeEvent(body);
  }

  /** Verifies the signature and reads nothing. Same errors as {@link verify}. */
  assertSigned(rawBody: Uint8Array | string, signature: unknown): void {
    this.#assertSigned(asBytes(rawBody), signature, rawBody);
  }

  /**
   * For who can tell at boot that webhooks will come.
   *
   * @throws {GlomopayConfigurationError} `webhookSecret` is not configured.
   */
  assertConfigured(): void {
    this.#configured();
  }

  /**
   * Asks the provider of the secrets for other ones, after a `mismatch`: the message may be signed by a
   * secret that was made a moment ago. True: they have changed, so verify again. Undefined: there is
   * nobody to ask, or it was asked within ten seconds without news. The guard, the ready-made route and
   * `WebhookInbox` do this by themselves.
   */
  newSecrets(): Promise<boolean> | undefined {
    return this.#secrets?.news('unknown_signature');
  }

  #configured(): HmacVerifier {
    if (this.#hmac !== undefined) return this.#hmac;
    throw new GlomopayConfigurationError([
      'webhookSecret is needed to verify webhooks; the dashboard shows it beside the endpoint',
    ]);
  }

  #assertSigned(body: Buffer, signature: unknown, given: unknown): void {
    const hmac = this.#configured();
    if (body.length > MAX_WEBHOOK_BYTES) {
      throw new GlomopaySignatureError('too_large', 'the body is larger than 1 MiB');
    }
    if (signature === undefined || signature === null || signature === '') {
      throw new GlomopaySignatureError('malformed', 'there is no signature');
    }
    // A signature that is not 64 lower-case hex digits is refused there before anything is computed.
    if (!hmac.matches(body, signature)) {
      throw new GlomopaySignatureError('mismatch', typeof given === 'string' ? OF_TEXT : OF_BYTES);
    }
  }
}

/**
 * Asks for other secrets where one that is new may have made a signature. What is none at all was made by
 * no secret, and must not use up the one reading of ten seconds.
 */
export function newSecretsFor(
  signature: unknown,
  verifier: WebhookVerifier,
): Promise<boolean> | undefined {
  // A verifier of an older copy of this library has no way to ask.
  return HmacVerifier.isWellFormed(signature) ? verifier.newSecrets?.() : undefined;
}

/** The bytes themselves, not a copy; of a text its UTF-8 bytes. */
export function asBytes(rawBody: unknown): Buffer {
  if (typeof rawBody === 'string') return Buffer.from(rawBody, 'utf8');
  if (Buffer.isBuffer(rawBody)) return rawBody;
  if (rawBody instanceof Uint8Array) {
    return Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength);
  }
  throw new GlomopaySignatureError('malformed', 'the raw body is missing, or was parsed');
}
