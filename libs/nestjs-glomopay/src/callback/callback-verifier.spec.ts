import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { configOfTexts } from '../config/resolve-config.js';
import { SealedOptions } from '../config/sealed-options.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { GlomopaySignatureError, type GlomopaySignatureFault } from '../errors/signature.error.js';
import type { GlomopayCallback } from './callback.js';
import { CallbackVerifier } from './callback-verifier.js';

interface CallbackVector {
  readonly name: string;
  readonly order_id: string;
  readonly payment_id: string;
  readonly status: string;
  readonly signing_string: string;
  readonly secrets: readonly string[];
  readonly signature: string | null;
  readonly expected: 'accept' | 'reject' | 'throw';
}

const file = new URL('../../../../test/vectors/signatures.json', import.meta.url);
const vectors = (JSON.parse(readFileSync(file, 'utf8')) as { callback: CallbackVector[] }).callback;

const KEY = 'secret-alpha-1f0c2e';
const GENUINE = {
  order_id: 'order_68c00b7btsthf',
  payment_id: 'payt_691eeb9aV79Uk',
  status: 'success',
  signature: '1a76fa7ce8a299e0b843c26b81a37fef48acf9f06871f37f7f108a0c7c994871',
};

function verifierOf(...secretKey: readonly string[]): CallbackVerifier {
  return new CallbackVerifier(configOfTexts(new SealedOptions({ secretKey })));
}

/** The verdict of the verifier; an error of any other kind fails the test. */
function verdict(verify: () => GlomopayCallback): 'accepted' | GlomopaySignatureFault {
  try {
    verify();
    return 'accepted';
  } catch (thrown) {
    if (thrown instanceof GlomopaySignatureError) return thrown.reason;
    throw thrown;
  }
}

const sign = (message: string, key = KEY) =>
  createHmac('sha256', key).update(message).digest('hex');

describe('CallbackVerifier', () => {
  const verifier = verifierOf(KEY);

  describe('the vectors of test/vectors', () => {
    it.each(vectors.filter(({ expected }) => expected === 'accept'))(
      'accepts $name',
      ({ secrets, order_id, payment_id, status, signature }) => {
        const query = { order_id, payment_id, status, signature };
        const callback = { orderId: order_id, paymentId: payment_id, status };
        expect(verifierOf(...secrets).verify(query)).toEqual(callback);
        const address = `/return?${new URLSearchParams({ ...query, signature: signature ?? '' })}`;
        expect(verifierOf(...secrets).verifyUrl(address)).toEqual(callback);
      },
    );

    it.each(vectors.filter(({ expected }) => expected === 'reject'))(
      'refuses $name',
      ({ secrets, order_id, payment_id, status, signature }) => {
        const query = { order_id, payment_id, status, ...(signature !== null && { signature }) };
        const address = `/return?${new URLSearchParams(query)}`;
        expect(verdict(() => verifierOf(...secrets).verify(query))).not.toBe('accepted');
        expect(verdict(() => verifierOf(...secrets).verifyUrl(address))).not.toBe('accepted');
      },
    );

    it.each(vectors.filter(({ expected }) => expected === 'throw'))(
      'cannot even be made for $name',
      ({ secrets }) => {
        expect(() => verifierOf(...secrets)).toThrow(GlomopayConfigurationError);
      },
    );
  });

  it.each(['', 'undefined', 'null'])('refuses a callback signed under the word "%s"', (word) => {
    const signature = createHmac('sha256', word).update('order_a|payt_b|success').digest('hex');
    const query = { order_id: 'order_a', payment_id: 'payt_b', status: 'success', signature };
    expect(verdict(() => verifier.verify(query))).toBe('mismatch');
    expect(() => verifierOf(word)).toThrow(GlomopayConfigurationError);
  });

  it('takes the payload of the checkout SDK', () => {
    expect(
      verifier.verify({
        orderId: GENUINE.order_id,
        paymentId: GENUINE.payment_id,
        status: 'success',
        signature: GENUINE.signature,
      }),
    ).toEqual({ orderId: GENUINE.order_id, paymentId: GENUINE.payment_id, status: 'success' });
  });

  it('takes the callback of a subscription', () => {
    const signature = sign('sub_1|payt_2|success');
    const query = { order_id: 'sub_1', payment_id: 'payt_2', status: 'success', signature };
    expect(verifier.verify(query).orderId).toBe('sub_1');
  });

  it('refuses the failure payload of the checkout SDK, which is not signed', () => {
    const failure = {
      orderId: GENUINE.order_id,
      paymentId: GENUINE.payment_id,
      status: 'failed',
      error: { code: 'PAYMENT_DECLINED', message: 'The payment was declined.' },
    };
    expect(verdict(() => verifier.verify(failure))).toBe('malformed');
  });

  it.each([
    undefined,
    null,
    '',
    'order_id=order_a',
    7,
    true,
    [],
    [GENUINE],
    Symbol('query'),
    new Map(Object.entries(GENUINE)),
    new URLSearchParams(GENUINE),
    () => GENUINE,
    Object.create(GENUINE),
  ])('refuses %p in place of a query', (query) => {
    expect(verdict(() => verifier.verify(query))).toBe('malformed');
  });

  it.each(['order_id', 'payment_id', 'status', 'signature'] as const)(
    'refuses a %s that is no text',
    (name) => {
      const text = GENUINE[name];
      const disguises: unknown[] = [
        [text],
        [text, text],
        { 0: text },
        new String(text),
        { toString: () => text },
        Buffer.from(text),
        null,
        undefined,
        0,
        '',
      ];
      expect(
        disguises.map((value) => verdict(() => verifier.verify({ ...GENUINE, [name]: value }))),
      ).toEqual(disguises.map(() => 'malformed'));
    },
  );

  it('reads own members only', () => {
    const { signature, ...rest } = GENUINE;
    const inherited: unknown = Object.assign(Object.create({ signature }) as object, rest);
    expect(verdict(() => verifier.verify(inherited))).toBe('malformed');
  });

  it('takes an object without a prototype, as Express gives it', () => {
    const query: unknown = Object.assign(Object.create(null) as object, GENUINE);
    expect(verdict(() => verifier.verify(query))).toBe('accepted');
  });

  it('does not join what is there: three parts, or nothing is computed', () => {
    for (const missing of ['order_id', 'payment_id', 'status'] as const) {
      const parts = { order_id: 'order_a', payment_id: 'payt_b', status: 'success', [missing]: '' };
      const joined = Object.values(parts).filter(Boolean).join('|');
      const query = { ...parts, signature: sign(joined) };
      expect(verdict(() => verifier.verify(query))).toBe('malformed');
    }
  });

  it.each([
    ['order_a|payt_b', 'payt_c', 'success'],
    ['order_a', 'payt_b|payt_c', 'success'],
    ['order_a', 'payt_b', 'success|success'],
    ['order_a|payt_b|success', 'payt_b', 'success'],
    ['order_a\n', 'payt_b', 'success'],
    ['order_a', 'payt_b\n', 'success'],
    ['order_a', 'payt_b', 'success\n'],
    ['order_a\0', 'payt_b', 'success'],
    ['order_', 'payt_b', 'success'],
    ['order_a', 'payt_', 'success'],
    ['ORDER_a', 'payt_b', 'success'],
    ['payt_b', 'order_a', 'success'],
    ['order_a', 'order_b', 'success'],
    ['cust_a', 'payt_b', 'success'],
    ['order_а', 'payt_b', 'success'],
    [`order_${'a'.repeat(65)}`, 'payt_b', 'success'],
    ['order_a', `payt_${'b'.repeat(65)}`, 'success'],
    ['order_a', 'payt_b', 'Success'],
    ['order_a', 'payt_b', ''],
    ['order_a', 'payt_b', 'pending'],
    ['order_a', 'payt_b', 'success '],
  ])('refuses %j, %j, %j although it is signed', (order_id, payment_id, status) => {
    const signature = sign(`${order_id}|${payment_id}|${status}`);
    const query = { order_id, payment_id, status, signature };
    expect(verdict(() => verifier.verify(query))).toBe('malformed');
  });

  it('accepts ids of 1 to 64 characters behind the prefix', () => {
    for (const length of [1, 2, 63, 64]) {
      const [order_id, payment_id] = [`order_${'a'.repeat(length)}`, `payt_${'-'.repeat(length)}`];
      const query = { order_id, payment_id, status: 'failed' };
      const signature = sign(`${order_id}|${payment_id}|failed`);
      expect(verdict(() => verifier.verify({ ...query, signature }))).toBe('accepted');
    }
  });

  it('tells malformed from mismatching before any key is used', () => {
    expect(verdict(() => verifier.verify({ ...GENUINE, status: 'failed' }))).toBe('mismatch');
    expect(verdict(() => verifier.verify({ ...GENUINE, status: 'paid' }))).toBe('malformed');
  });

  it('cleans the unsigned error text: one short line of visible characters', () => {
    const error = `declined\r\n\u001b[31m\u2028\u202Ereversed\uFEFF\0${'x'.repeat(5000)}`;
    const { error: text = '' } = verifier.verify({ ...GENUINE, error });
    expect(text).toMatch(/^declined\?\?\?\[31m\?\?reversed\?\?x+$/);
    expect(text).toHaveLength(256);
  });

  it('leaves no half of a surrogate pair in the error text', () => {
    const { error = '' } = verifier.verify({ ...GENUINE, error: `${'x'.repeat(255)}😀` });
    expect(error).toBe(`${'x'.repeat(255)}?`);
  });

  it('throws errors in which nothing of the query is', () => {
    const canary = 'c4n4ry';
    const queries = [
      { ...GENUINE, order_id: `order_${canary}` },
      { ...GENUINE, payment_id: `${canary}` },
      { ...GENUINE, status: canary },
      { ...GENUINE, signature: canary },
      { ...GENUINE, [canary]: canary, signature: '0'.repeat(64), error: canary },
    ];
    for (const query of queries) {
      const thrown = refusalOf(() => verifier.verify(query));
      const printed = `${inspect(thrown, { depth: 10, showHidden: true })}${JSON.stringify(thrown)}`;
      expect(printed).not.toContain(canary);
      expect(printed).not.toContain(GENUINE.order_id);
      expect(printed).not.toContain(KEY);
    }
  });

  it('never accepts a genuine callback of which one character was changed', () => {
    const names = ['order_id', 'payment_id', 'status', 'signature'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.string()),
        fc.constantFrom('replace', 'insert', 'remove', 'case'),
        (name, position, other, change) => {
          const text = GENUINE[name];
          const at = position % text.length;
          const kept = change === 'insert' ? at : at + 1;
          const put = { replace: other, insert: other, remove: '', case: flip(text.charAt(at)) };
          const changed = text.slice(0, at) + put[change] + text.slice(kept);
          fc.pre(changed !== text);
          const query = { ...GENUINE, [name]: changed };
          const address = `/cb?${new URLSearchParams(query)}`;
          return (
            verdict(() => verifier.verify(query)) !== 'accepted' &&
            verdict(() => verifier.verifyUrl(address)) !== 'accepted'
          );
        },
      ),
      { numRuns: 8_000 },
    );
  });
});

function flip(letter: string): string {
  return letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
}

function refusalOf(verify: () => GlomopayCallback): unknown {
  try {
    return verify();
  } catch (thrown) {
    return thrown;
  }
}
