import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import secureJson from 'secure-json-parse';
import { harmlessJson } from './harmless-json.js';

const library = (text: string): unknown =>
  secureJson.parse(text, undefined, { protoAction: 'remove', constructorAction: 'remove' });

describe('harmlessJson', () => {
  it.each([
    '{"__proto__":{"isAdmin":true},"a":1}',
    '{"\\u005f_proto__":{"isAdmin":true},"a":1}',
    '{"\\u005F\\u005Fpro\\u0074o__" : {"isAdmin":true},"a":1}',
    '{"a":1,"constructor":{"prototype":{"isAdmin":true}}}',
    '{"a":1,"con\\u0073tructor":{"prototype":{"isAdmin":true}}}',
  ])('takes what poisons out of %s', (text) => {
    const read = harmlessJson(text);
    expect(read).toEqual({ a: 1 });
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.hasOwn(read as object, '__proto__')).toBe(false);
  });

  it('reads whatever the library reads, and as it does', () => {
    const names = fc.constantFrom('__proto__', 'constructor', 'prototype', 'a', '\\u0061', 'é');
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('1', '"__proto__"', '"constructor"', 'null', '"\\u00e9"', '[]'),
        fc.array(tie('value') as fc.Arbitrary<string>).map((items) => `[${items.join(',')}]`),
        fc
          .array(fc.tuple(names, tie('value') as fc.Arbitrary<string>))
          .map((members) => `{${members.map(([name, v]) => `"${name}":${v}`).join(',')}}`),
      ),
    })).value as fc.Arbitrary<string>;
    fc.assert(
      fc.property(values, (text) =>
        // As texts: a member named `constructor` misleads who compares objects.
        expect(JSON.stringify(harmlessJson(text))).toBe(JSON.stringify(library(text))),
      ),
      { numRuns: 500 },
    );
  });

  it.each(['', '{', 'undefined', '{"a":}'])('refuses %j', (text) => {
    expect(() => harmlessJson(text)).toThrow(SyntaxError);
  });

  it('reads what begins with a byte order mark', () => {
    expect(harmlessJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
  });
});
