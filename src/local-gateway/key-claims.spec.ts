import { describe, expect, it } from '@jest/globals';
import { readKeyClaims } from './key-claims.js';

const keyWith = (payload: string) => `head.${Buffer.from(payload).toString('base64url')}.tail`;

describe('readKeyClaims', () => {
  it('reads what a key says about itself', () => {
    const key = keyWith('{"env":"sandbox","sub":"merch_1"}');
    expect(readKeyClaims(['', ` ${key} `])).toEqual({ environment: 'sandbox', subject: 'merch_1' });
  });

  it.each([
    ['no key', []],
    ['a key without parts', ['abc']],
    ['a payload that is no JSON', [keyWith('not json')]],
    ['a payload that is null', [keyWith('null')]],
    ['a list as payload', [keyWith('[]')]],
    ['an unknown environment', [keyWith('{"env":"test"}')]],
    ['claims of other types', [keyWith('{"env":["sandbox"],"sub":{}}')]],
    ['a subject with a slash', [keyWith('{"sub":"../x"}')]],
  ])('claims nothing for %s', (_, keys) => {
    expect(readKeyClaims(keys)).toEqual({});
  });
});
