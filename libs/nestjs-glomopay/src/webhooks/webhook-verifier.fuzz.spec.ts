import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { configOfTexts } from '../config/resolve-config.js';
import { SealedOptions } from '../config/sealed-options.js';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { decodeEvent } from './decode-event.js';
import { glomopayEvents } from './event-catalogue.js';
import { WebhookVerifier } from './webhook-verifier.js';

const SECRETS = ['whsec_of_these_tests_1f0c2e', `whsec_${'fuzz'.repeat(25)}`];

/** HMAC by its definition in RFC 2104, on a plain hash: a second implementation. */
function handmadeHmac(key: string): (message: Uint8Array) => string {
  const bytes = Buffer.from(key);
  const block = Buffer.alloc(64);
  (bytes.length > 64 ? createHash('sha256').update(bytes).digest() : bytes).copy(block);
  const inner = createHash('sha256').update(block.map((byte) => byte ^ 0x36));
  const outer = createHash('sha256').update(block.map((byte) => byte ^ 0x5c));
  return (message) => outer.copy().update(inner.copy().update(message).digest()).digest('hex');
}

const signers = SECRETS.map(handmadeHmac);
const foreign = handmadeHmac('whsec_of_another_account');

const eventNames = Object.entries(glomopayEvents).flatMap(([entity_type, events]) =>
  events.map((event_type) => ({ entity_type, event_type })),
);

/** An event of the catalogue with any data, and the bytes that it travels in. */
const events = fc
  .record({
    name: fc.constantFrom(...eventNames),
    data: fc.oneof(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })),
      fc.record({ id: fc.string(), status: fc.string(), amount: fc.integer() }),
    ),
  })
  .map(({ name, data }) => ({ name, body: Buffer.from(JSON.stringify({ data, ...name })) }));

const signed = fc
  .tuple(events, fc.constantFrom(...signers))
  .map(([event, sign]) => ({ ...event, signature: sign(event.body) }));

function bitFlipped(body: Buffer, bit: number): Buffer {
  const copy = Buffer.from(body);
  const at = Math.floor(bit / 8) % copy.length;
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << (bit % 8)), at);
  return copy;
}

describe('WebhookVerifier under fire', () => {
  const verifier = new WebhookVerifier(
    configOfTexts(new SealedOptions({ secretKey: 'secret-alpha', webhookSecret: SECRETS })),
  );
  const { stackTraceLimit } = Error;

  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  /** True when refused by the one kind of error; an error of any other kind fails the test. */
  function refuses(body: Uint8Array | string, signature: unknown): boolean {
    try {
      verifier.verify(body, signature);
      return false;
    } catch (thrown) {
      if (thrown instanceof GlomopaySignatureError) return true;
      throw thrown;
    }
  }

  it('accepts what another implementation has signed under any active secret', () => {
    fc.assert(
      fc.property(signed, ({ name, body, signature }) => {
        const { id, type } = verifier.verify(body, signature);
        expect(type).toBe(`${name.entity_type}.${name.event_type}`);
        expect(id).toBe(createHash('sha256').update(body).digest('hex'));
      }),
      { numRuns: 3_000 },
    );
  });

  it('accepts no body that differs in one bit', () => {
    fc.assert(
      fc.property(signed, fc.nat(), ({ body, signature }, bit) =>
        refuses(bitFlipped(body, bit), signature),
      ),
      { numRuns: 10_000 },
    );
  });

  it('accepts no signature that differs in one bit', () => {
    fc.assert(
      fc.property(signed, fc.nat(511), ({ body, signature }, bit) =>
        refuses(body, bitFlipped(Buffer.from(signature, 'latin1'), bit).toString('latin1')),
      ),
      { numRuns: 10_000 },
    );
  });

  it('accepts no signature of another body, or of another account', () => {
    fc.assert(
      fc.property(
        signed,
        signed,
        (one, other) =>
          one.body.equals(other.body) ||
          (refuses(one.body, other.signature) && refuses(one.body, foreign(one.body))),
      ),
      { numRuns: 5_000 },
    );
  });

  it('accepts no cut or lengthened body', () => {
    fc.assert(
      fc.property(
        signed,
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        ({ body, signature }, cut, more) =>
          refuses(body.subarray(0, cut % body.length), signature) &&
          refuses(Buffer.concat([body, more]), signature) &&
          refuses(Buffer.concat([more, body]), signature),
      ),
      { numRuns: 5_000 },
    );
  });

  it('accepts no other value for a signature, of whatever type', () => {
    fc.assert(
      fc.property(signed, fc.anything(), ({ body }, signature) => refuses(body, signature)),
      { numRuns: 5_000 },
    );
  });

  it('reads or refuses any bytes that are signed, and throws one kind of error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((text) => Buffer.from(text)),
          fc.tuple(events, fc.nat()).map(([{ body }, bit]) => bitFlipped(body, bit)),
        ),
        (body) => {
          const signature = signers[0]?.(body);
          verifier.assertSigned(body, signature);
          return refuses(body, signature) || decodeEvent(body).type.includes('.');
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
