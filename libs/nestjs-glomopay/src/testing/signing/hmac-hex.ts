import { createHmac } from 'node:crypto';

/**
 * Signs as the gateway does: HMAC-SHA256 in lower-case hex.
 *
 * @throws {TypeError} the key is empty: anyone can sign under that one.
 */
export function hmacHex(message: string | Buffer, key: string): string {
  if (typeof key !== 'string' || key.trim() === '') {
    throw new TypeError('The key to sign with must be a text that is not empty');
  }
  return createHmac('sha256', key).update(message).digest('hex');
}

/** Another signature of the same form: its last digit is another one. */
export function oneDigitOff(signature: string): string {
  return signature.slice(0, -1) + (signature.endsWith('0') ? '1' : '0');
}

/** A key that is not the given one. */
export function otherKey(key: string): string {
  return `${key}-another`;
}
