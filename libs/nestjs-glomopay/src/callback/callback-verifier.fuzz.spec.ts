import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { configOfTexts } from '../config/resolve-config.js';
import { SealedOptions } from '../config/sealed-options.js';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { CallbackVerifier } from './callback-verifier.js';

const NEAR_MISSES = 240_000;
const GENUINE_ONES = 100_000;
const KEYS = ['secret-alpha-1f0c2e', `eyJ.${'x'.repeat(700)}.sig`];

/** HMAC by its definition in RFC 2104, on a plain hash: a second implementation. */
function handmadeHmac(key: string): (message: string) => string {
  const bytes = Buffer.from(key);
  const block = Buffer.alloc(64);
  (bytes.length > 64 ? createHash('sha256').update(bytes).digest() : bytes).copy(block);
  const inner = createHash('sha256').update(block.map((byte) => byte ^ 0x36));
  const outer = createHash('sha256').update(block.map((byte) => byte ^ 0x5c));
  return (message) => outer.copy().update(inner.copy().update(message).digest()).digest('hex');
}

interface Callback {
  readonly order_id: string;
  readonly payment_id: string;
  readonly status: string;
  readonly signature: string;
}

const random = (below: number) => Math.floor(Math.random() * below);
const pick = <T>(list: readonly [T, ...T[]]): T => list[random(list.length)] ?? list[0];

/** A long random text, to cut pieces out of: drawing each letter anew would cost most of the time. */
function randomText(alphabet: string): string {
  return Array.from({ length: 65_536 }, () => alphabet.charAt(random(alphabet.length))).join('');
}

const ids = randomText('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-');
const hex = randomText('0123456789abcdef');
const piece = (text: string, length: number) => {
  const at = random(text.length - length);
  return text.slice(at, at + length);
};
const randomId = () => piece(ids, 1 + random(24));
const randomHex = () => piece(hex, 64);

function aGenuineCallback(sign: (message: string) => string): Callback {
  const order_id = `${pick(['order', 'sub'])}_${randomId()}`;
  const payment_id = `payt_${randomId()}`;
  const status = pick(['success', 'failed']);
  return { order_id, payment_id, status, signature: sign(`${order_id}|${payment_id}|${status}`) };
}

const foreign = handmadeHmac('another-key');

/** Ways to spoil a genuine callback so that it is still as close as can be. */
const spoilers: readonly ((callback: Callback) => Callback)[] = [
  (c) => ({ ...c, signature: digitChanged(c.signature) }),
  (c) => ({ ...c, signature: c.signature.slice(0, random(64)) }),
  (c) => ({ ...c, signature: c.signature + randomHex().slice(0, 1 + random(20)) }),
  (c) => ({ ...c, signature: randomHex() }),
  (c) => ({ ...c, signature: digitChanged(digitChanged(c.signature)).toUpperCase() }),
  (c) => ({ ...c, signature: foreign(`${c.order_id}|${c.payment_id}|${c.status}`) }),
  (c) => ({ ...c, signature: pick(['', '\0', ' ', 'undefined', '0'.repeat(64), 'f'.repeat(64)]) }),
  (c) => ({ ...c, status: c.status === 'success' ? 'failed' : 'success' }),
  (c) => ({ ...c, order_id: `${c.order_id}0` }),
  (c) => ({ ...c, payment_id: c.payment_id.slice(0, -1) }),
  (c) => ({ ...c, order_id: `order_${randomHex().slice(0, 16)}` }),
  (c) => ({ ...c, order_id: `${c.order_id}|${c.payment_id}`, payment_id: c.status }),
];

function digitChanged(signature: string): string {
  const at = random(signature.length);
  const digit = ((Number.parseInt(signature.charAt(at), 16) + 1 + random(15)) % 16).toString(16);
  return signature.slice(0, at) + digit + signature.slice(at + 1);
}

describe('CallbackVerifier under fire', () => {
  const verifier = new CallbackVerifier(configOfTexts(new SealedOptions({ secretKey: KEYS })));
  const signers = KEYS.map(handmadeHmac);
  const sign = (message: string) => (signers[random(signers.length)] ?? foreign)(message);
  const { stackTraceLimit } = Error;

  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it(`accepts none of ${NEAR_MISSES} near misses, and throws one kind of error`, () => {
    const tally = { accepted: 0, refused: 0, other: 0 };
    for (let count = 0; count < NEAR_MISSES;) {
      const genuine = aGenuineCallback(sign);
      for (const spoil of spoilers) {
        count += 1;
        try {
          verifier.verify(spoil(genuine));
          tally.accepted += 1;
        } catch (thrown) {
          tally[thrown instanceof GlomopaySignatureError ? 'refused' : 'other'] += 1;
        }
      }
    }
    expect(tally).toEqual({ accepted: 0, refused: NEAR_MISSES, other: 0 });
  });

  it(`accepts each of ${GENUINE_ONES} callbacks signed by another implementation`, () => {
    let accepted = 0;
    for (let count = 0; count < GENUINE_ONES; count += 1) {
      const callback = aGenuineCallback(sign);
      accepted += verifier.verify(callback).orderId === callback.order_id ? 1 : 0;
    }
    expect(accepted).toBe(GENUINE_ONES);
  });
});
