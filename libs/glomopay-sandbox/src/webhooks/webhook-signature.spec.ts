import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { bodyOf } from './webhook-event.js';
import { signWebhook } from './webhook-signature.js';

interface Vector {
  readonly name: string;
  readonly secret: string;
  readonly body: string;
  readonly signature: string;
  readonly expected: string;
}

const file = new URL('../../../../test/vectors/signatures.json', import.meta.url);
const vectors: { webhook: Vector[] } = JSON.parse(readFileSync(file, 'utf8'));
const valid = vectors.webhook.filter(({ expected }) => expected === 'accept');

describe('signWebhook', () => {
  it('signs the published example as the gateway does', () => {
    const event = {
      entityType: 'payout',
      eventType: 'success',
      data: {
        status: 'success',
        id: 'payout_6a8fd80eo6coZ',
        currency: 'USD',
        created_at: '2026-09-09T07:00:09Z',
        beneficiary: { name: 'Acme GmbH', country: 'DEU' },
        amount: 250_000,
      },
    };
    const body = bodyOf(event);
    expect(Buffer.byteLength(body)).toBe(223);
    expect(signWebhook(body, 'whsec_2f1c9b7a4d6e8031')).toBe(
      'd5b5a68b9729f41c4a46f1e94c750bf10fb32f345a5467cbfec7739df83f2c02',
    );
  });

  it('has vectors to meet', () => {
    expect(valid.map(({ name }) => name)).toContain('official_worked_example');
  });

  it.each(valid)('meets the vector $name', ({ body, secret, signature }) => {
    expect(signWebhook(body, secret)).toBe(signature);
  });
});

describe('bodyOf', () => {
  const body = (data: object) => bodyOf({ entityType: 'a', eventType: 'b', data });

  it.each([
    [{ b: 1, a: { d: [3, 1, 2], c: null } }, '{"a":{"c":null,"d":[3,1,2]},"b":1}'],
    [{ text: 'café 東京 / "q" \u0007' }, '{"text":"café 東京 / \\"q\\" \\u0007"}'],
    [{ numbers: [1e21, -0, 1.0, 1e-7] }, '{"numbers":[1e+21,0,1,1e-7]}'],
    [{ '\ue000': 1, '\u{1f600}': 2 }, '{"\u{1f600}":2,"\ue000":1}'],
    [JSON.parse('{"__proto__":{"x":1},"then":2}'), '{"__proto__":{"x":1},"then":2}'],
  ])('writes %j as RFC 8785 says', (data, json) => {
    expect(body(data)).toBe(`{"data":${json},"entity_type":"a","event_type":"b"}`);
  });

  it('refuses what JSON cannot carry', () => {
    const cycle: { self?: object } = {};
    cycle.self = cycle;
    for (const data of [cycle, { a: Number.NaN }, { a: '\ud800' }, { '\udc00': 1 }, { a: 1n }]) {
      expect(() => body(data)).toThrow(TypeError);
    }
  });
});
