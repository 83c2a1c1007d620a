import { beforeEach, describe, expect, it } from '@jest/globals';
import { SharedLooks } from './shared-looks.js';

describe('SharedLooks', () => {
  let now = 0;
  let taken = 0;
  let looks = new SharedLooks<string, number>(() => now);
  const look = (key = 'payt_1') => looks.share(key, 1_000, async () => (taken += 1));

  beforeEach(() => {
    [now, taken] = [0, 0];
    looks = new SharedLooks(() => now);
  });

  it('shares a look while it counts', async () => {
    expect(await Promise.all([look(), look()])).toEqual([1, 1]);
    now = 999;
    expect(await look()).toBe(1);
    now = 1_000;
    expect(await look()).toBe(2);
  });

  it('keeps keys apart, and forgets one when told to', async () => {
    expect([await look('a'), await look('b')]).toEqual([1, 2]);
    looks.forget('a');
    expect([await look('a'), await look('b')]).toEqual([3, 2]);
  });

  it('remembers a bounded number of keys: the oldest goes first', async () => {
    for (let n = 0; n <= 10_000; n += 1) await look(String(n));
    expect([await look('1'), await look('0')]).toEqual([2, 10_002]);
  });
});
