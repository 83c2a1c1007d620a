import { describe, expect, it } from '@jest/globals';
import { AssertionError } from 'node:assert';
import { inspect } from 'node:util';
import { expectNoSecrets, GlomopaySecretsFoundError } from 'nestjs-glomopay/testing';
import { canaries, type Canary } from '../support/library/canaries.js';

function failureOf(value: unknown, secrets: Canary): GlomopaySecretsFoundError {
  try {
    expectNoSecrets(value, secrets);
  } catch (thrown) {
    if (thrown instanceof GlomopaySecretsFoundError) return thrown;
    throw thrown;
  }
  throw new Error('Nothing was found');
}

describe.each(canaries)('expectNoSecrets for the card that ends in $cvv', (canary: Canary) => {
  const { number, holderName, key, cvv } = canary;
  const hidden = Symbol('hidden');
  const cycle: unknown[] = ['x'];
  cycle.push(cycle, new Map([[cycle, cycle]]));

  const planted: [place: string, encoding: string, value: unknown][] = [
    ['a text', 'verbatim', `refused ${number}`],
    ['a text with separators', 'separated', number.replace(/(.{4})(?=.)/g, '$1-')],
    ['nine digits', 'verbatim', { logs: [`x${number.slice(2, 11)}y`] }],
    ['a number', 'verbatim', { body: { pan: Number(number) } }],
    ['a bigint', 'verbatim', { pan: BigInt(number) }],
    ['hex', 'hex', [Buffer.from(number).toString('hex')]],
    ['spaced hex', 'hex', [inspect(Buffer.from(number))]],
    ['base64', 'base64', { header: Buffer.from(`:${number}`).toString('base64') }],
    ['decimal codes', 'decimal codes', { codes: [...Buffer.from(number)].join(', ') }],
    ['a JSON buffer', 'decimal codes', { body: Buffer.from(number).toJSON() }],
    ['percent-encoding', 'percent', number.replace(/./g, (digit) => `%3${digit}`)],
    ['bytes', 'verbatim', new Uint8Array(Buffer.from(number))],
    ['bytes deep inside', 'verbatim', { a: [{ b: Buffer.from(`xx${number}`) }] }],
    ['an error message', 'verbatim', new Error(`bad card ${number}`)],
    ['a cause', 'verbatim', new Error('x', { cause: new Error('y', { cause: { number } }) })],
    ['collected errors', 'verbatim', new AggregateError([new TypeError(number)], 'x')],
    ['a hidden member', 'verbatim', Object.defineProperty({}, 'pan', { value: number })],
    ['a symbol', 'verbatim', { [hidden]: number }],
    ['a map', 'verbatim', new Map([['body', { number }]])],
    ['the key of a map', 'verbatim', new Map([[number, 1]])],
    ['a set', 'verbatim', { seen: new Set([number]) }],
    ['the name of a member', 'verbatim', { [number]: 1 }],
    ['what it prints itself as', 'verbatim', { [inspect.custom]: () => `Card ${number}` }],
    ['what its JSON is', 'verbatim', { toJSON: () => ({ number }) }],
    ['what its text is', 'verbatim', { toString: () => number }],
    ['headers', 'verbatim', { request: new Headers({ 'x-card': number }) }],
    [
      'deeper than a console prints',
      'verbatim',
      JSON.parse(`${'{"a":'.repeat(40)}"${number}"${'}'.repeat(40)}`),
    ],
  ];

  it.each(planted)('finds the number in %s', (_, encoding, value) => {
    const { leaks } = failureOf(value, canary);
    expect(leaks).toContainEqual(expect.objectContaining({ secret: 'number', encoding }));
  });

  it.each([
    ['holderName', { who: holderName.toUpperCase() }],
    ['holderName', { to: `/pay?name=${encodeURIComponent(holderName)}` }],
    ['holderName', { to: `/pay?${new URLSearchParams({ name: holderName }).toString()}` }],
    ['key', { headers: { authorization: `Bearer ${key}` } }],
    ['key', { log: Buffer.from(`x${key}`).toString('base64') }],
    ['cvv', { card: { cvv } }],
    ['cvv', { x: cvv }],
    ['cvv', [JSON.stringify({ cvv: Number(cvv) })]],
  ] as const)('finds the %s in %j', (secret, value) => {
    expect(failureOf(value, canary).leaks.map((leak) => leak.secret)).toContain(secret);
  });

  it('says where, and nothing of what', () => {
    const failure = failureOf(
      { logs: ['fine'], error: new Error('x', { cause: { [number]: `${number} ${key}` } }) },
      canary,
    );
    expect(failure).toBeInstanceOf(AssertionError);
    expect(failure.message).toContain('value.error.cause');
    const shown = `${inspect(failure, { showHidden: true, depth: 9 })}${JSON.stringify(failure)}`;
    expect(() => expectNoSecrets(shown, canary)).not.toThrow();
  });

  it.each([
    ['a masked card', { card: `${number.slice(0, 6)}******${number.slice(-4)}`, cvv: '***' }],
    ['ids and times', { id: 'payt_691eeb9aV79Uk', at: 1763634157739, on: new Date() }],
    ['an error', new Error('The gateway answered 400', { cause: { code: 'ECONNRESET' } })],
    ['nothing', undefined],
    ['a cycle', cycle],
  ])('passes %s', (_, value) => {
    expect(() => expectNoSecrets(value, canary)).not.toThrow();
  });
});

describe('expectNoSecrets', () => {
  it.each([
    ['nothing', {}],
    ['an empty key', { key: '' }],
    ['no keys', { key: [] }],
    ['a part of a number', { number: '4111' }],
    ['a code that is a word', { cvv: 'abc' }],
    ['two letters of a name', { holderName: 'Jo' }],
  ])('refuses to look for %s', (_, secrets) => {
    expect(() => expectNoSecrets('text', secrets)).toThrow(TypeError);
  });

  it('finds each of several keys', () => {
    const key = ['first-secret-key-1f0c2e', 'whsec_second-secret-9d77'];
    for (const one of key) expect(() => expectNoSecrets(`Bearer ${one}`, { key })).toThrow('key');
  });

  it('tells a key with one dot from the text around it', () => {
    expect(() => expectNoSecrets('b is a letter', { key: 'a-long-key-with.b' })).not.toThrow();
  });
});
