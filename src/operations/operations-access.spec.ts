import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { OperationsAccess } from './operations-access.js';

const access = (token: string | undefined, isLocal: boolean) =>
  new OperationsAccess({ operationsToken: () => token }, { isLocal });

describe('OperationsAccess', () => {
  it('admits whoever has the token, and nobody else', () => {
    const chosen = access('0123456789abcdef', false);
    expect(chosen.isPossible).toBe(true);
    expect(chosen.admits('0123456789abcdef')).toBe(true);
    for (const wrong of ['', '0123456789abcde', '0123456789abcdef ', '0123456789ABCDEF']) {
      expect(chosen.admits(wrong)).toBe(false);
    }
  });

  it('is closed without a token', () => {
    const none = access(undefined, false);
    expect(none.isPossible).toBe(false);
    expect(none.passwordMadeAtStart()).toBeUndefined();
    for (const guess of ['', 'undefined', 'null']) {
      expect(none.admits(guess)).toBe(false);
    }
  });

  it('makes a password of its own beside a local sandbox, another one each time', () => {
    const [one, other] = [access(undefined, true), access(undefined, true)];
    const password = one.passwordMadeAtStart() ?? '';
    expect(password).toMatch(/^[\w-]{24}$/);
    expect(one.admits(password)).toBe(true);
    expect(other.admits(password)).toBe(false);
  });

  it('makes none where one was chosen, and shows none when it is printed', () => {
    const chosen = access('s3cret-of-operators', true);
    expect(chosen.passwordMadeAtStart()).toBeUndefined();
    expect(inspect(chosen, { showHidden: true, depth: 9 })).not.toContain('s3cret');
  });
});
