import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { signCallback } from './callback-signature.js';

interface Vector {
  readonly name: string;
  readonly order_id: string;
  readonly payment_id: string;
  readonly status: 'success' | 'failed';
  readonly secrets: readonly string[];
  readonly signature: string | null;
  readonly expected: 'accept' | 'reject';
}

const file = new URL('../../../../test/vectors/signatures.json', import.meta.url);
const vectors: readonly Vector[] = JSON.parse(readFileSync(file, 'utf8')).callback;
const signable = vectors.filter(({ order_id, payment_id, status }) =>
  [order_id, payment_id, status].every((text) => typeof text === 'string'),
);

const signaturesOf = ({ order_id, payment_id, status, secrets }: Vector) =>
  secrets
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '')
    .map((secret) => signCallback({ orderId: order_id, paymentId: payment_id, status }, secret));

describe('signCallback', () => {
  it('has published examples of both kinds to agree with', () => {
    const kinds = new Set(signable.map(({ expected }) => expected));
    expect([kinds.has('accept'), kinds.has('reject')]).toEqual([true, true]);
  });

  it.each(signable.filter(({ expected }) => expected === 'accept'))(
    'makes the published signature: $name',
    (vector) => {
      expect(signaturesOf(vector)).toContain(vector.signature);
    },
  );

  it.each(
    signable.filter(({ name }) => /flipped|wrong_key|revoked|uppercase|truncated/.test(name)),
  )('never makes the spoiled signature: $name', (vector) => {
    expect(signaturesOf(vector)).not.toContain(vector.signature);
  });
});
