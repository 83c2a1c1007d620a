import { describe, expect, it } from '@jest/globals';
import { Remembered } from './remembered.js';

describe('Remembered', () => {
  it('keeps a value for its time, and no longer', () => {
    let now = 0;
    const names = new Remembered<string>(10, () => now);
    names.keep('a', 'one', 100);
    names.keep('b', 'two', 0);
    expect([names.get('a'), names.get('b')]).toEqual(['one', undefined]);
    now = 99;
    expect(names.get('a')).toBe('one');
    now = 100;
    expect(names.get('a')).toBeUndefined();
    expect(names.size).toBe(0);
  });

  it('keeps a bounded number, and gives up the oldest', () => {
    const names = new Remembered<number>(3, () => 0);
    for (let n = 0; n < 10_000; n += 1) names.keep(`name-${n}`, n, 1);
    expect(names.size).toBe(3);
    expect([names.get('name-9996'), names.get('name-9997')]).toEqual([undefined, 9_997]);
    names.forget('name-9997');
    expect(names.size).toBe(2);
  });
});
