import { describe, expect, it } from '@jest/globals';
import { Seldom } from './seldom.js';

describe('Seldom', () => {
  it('lets each thing be said once in the quiet time', () => {
    const seldom = new Seldom(60_000);
    expect([seldom.mayBeSaid('a'), seldom.mayBeSaid('a'), seldom.mayBeSaid('b')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('lets it be said again afterwards', () => {
    const seldom = new Seldom(0);
    expect([seldom.mayBeSaid('a'), seldom.mayBeSaid('a')]).toEqual([true, true]);
  });

  it('remembers a bounded number of things', () => {
    const seldom = new Seldom(60_000);
    for (let n = 0; n < 10_000; n += 1) seldom.mayBeSaid(String(n));
    expect(seldom.mayBeSaid('one more')).toBe(true);
    expect(seldom.mayBeSaid('0')).toBe(true);
  });
});
