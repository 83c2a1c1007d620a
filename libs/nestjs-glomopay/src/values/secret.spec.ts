import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { reveal, Secret } from './secret.js';

const secret = new Secret('the-text', '***');

describe('Secret', () => {
  it('gives its mask wherever it is printed', () => {
    expect(String(secret)).toBe('***');
    expect(`${secret}`).toBe('***');
    expect(JSON.stringify({ secret })).toBe('{"secret":"***"}');
    expect(inspect({ secret })).toBe('{ secret: *** }');
    expect(String(new Secret('the-text'))).toBe('[secret]');
  });

  it('has no member that holds its text', () => {
    const shown = [
      inspect(secret, { showHidden: true, customInspect: false, getters: true, depth: 12 }),
      inspect(Reflect.ownKeys(secret)),
      inspect({ ...secret }),
      inspect(structuredClone(secret), { showHidden: true }),
      inspect(deserialize(serialize(secret)), { showHidden: true }),
    ];
    expect(shown.join('')).not.toContain('the-text');
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(secret)).toBe(true);
  });

  it('is revealed by the one function that can', () => {
    expect(reveal(secret)).toBe('the-text');
  });

  it('is not revealed through a copy', () => {
    expect(() => reveal(structuredClone(secret))).toThrow(TypeError);
    expect(() => reveal(Object.create(Secret.prototype) as Secret)).toThrow(TypeError);
  });
});
