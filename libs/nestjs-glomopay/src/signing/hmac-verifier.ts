import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { reveal, type Secret } from '../values/secret.js';

/** Length of an HMAC-SHA256 in lower-case hex. */
const HEX_LENGTH = 64;
/** By code: 1 for a digit. A look-up for each of 64 characters takes half the time of a pattern. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) =>
  '0123456789abcdef'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/** Gives the keys that count now; the same list for as long as they are the same. */
interface CountingKeys {
  active(): readonly Secret[];
}

/** By the list they are made of, and gone with it: a key that no longer counts is kept nowhere. */
const keyObjects = new WeakMap<readonly Secret[], readonly KeyObject[]>();

// One verification runs to its end before another begins, so the two texts share these bytes.
const received = Buffer.alloc(HEX_LENGTH);
const computed = Buffer.alloc(HEX_LENGTH);

/**
 * Checks HMAC-SHA256 signatures in lower-case hex against every active key.
 *
 * All keys are tried in any case and the bytes are compared in constant time, so neither the
 * duration nor the order tells which key has matched, or how much of a signature was right.
 */
export class HmacVerifier {
  readonly #ring: CountingKeys;

  /** @param ring Asked each time for the keys that count. */
  constructor(ring: CountingKeys) {
    this.#ring = ring;
  }

  /** Exactly 64 lower-case hex digits; anything that `Buffer.from(x, 'hex')` would forgive is not. */
  static isWellFormed(signature: unknown): signature is string {
    if (typeof signature !== 'string' || signature.length !== HEX_LENGTH) return false;
    for (let at = 0; at < HEX_LENGTH; at += 1) {
      if (DIGITS[signature.charCodeAt(at)] !== 1) return false;
    }
    return true;
  }

  /** Tells whether any active key has signed the message. A malformed signature never matches. */
  matches(message: string | Buffer, signature: unknown): boolean {
    if (!HmacVerifier.isWellFormed(signature)) return false;
    received.write(signature, 0, HEX_LENGTH, 'latin1');
    let matched = false;
    for (const key of keysOf(this.#ring.active())) {
      computed.write(
        createHmac('sha256', key).update(message).digest('hex'),
        0,
        HEX_LENGTH,
        'latin1',
      );
      // The comparison stands on the left: it runs for every key, matched or not.
      matched = timingSafeEqual(computed, received) || matched;
    }
    return matched;
  }
}

function keysOf(secrets: readonly Secret[]): readonly KeyObject[] {
  const known = keyObjects.get(secrets);
  if (known !== undefined) return known;
  const made = secrets.map((secret) => createSecretKey(reveal(secret), 'utf8'));
  keyObjects.set(secrets, made);
  return made;
}
