import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('Turns', () => {
  it('lets a bounded number work at once, in their order, and turns away what is too much', async () => {
    const turns = new Turns(2, 3, 60_000);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const take = (n: number) =>
      turns.take(
        async () => {
          begun.push(n);
          await new Promise<void>((resolve) => ends.push(resolve));
          return 'done';
        },
        () => 'full',
      );
    const all = [1, 2, 3, 4, 5, 6].map(take);
    expect(await all[5]).toBe('full');
    expect(begun).toEqual([1, 2]);
    for (let n = 0; n < 5; n += 1) {
      expect(begun.length).toBeLessThanOrEqual(n + 2);
      ends[n]?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done', 'done', 'done', 'full']);
    expect(begun).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives the turn of a failure to the next', async () => {
    const turns = new Turns(1, 1, 60_000);
    const full = (): string => 'full';
    const failing = turns.take<string>(() => Promise.reject(new Error('no')), full);
    const next = turns.take(async () => 'next', full);
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
    expect(await turns.take(async () => 'again', full)).toBe('again');
  });

  it('lets nobody wait for long behind what hangs, and goes on when that has ended', async () => {
    const turns = new Turns(1, 10, 50);
    let end = (): void => undefined;
    const hanging = turns.take(
      () => new Promise<string>((resolve) => (end = () => resolve('at last'))),
      () => 'full',
    );
    const begun: number[] = [];
    const take = (n: number) =>
      turns.take(
        async () => `${begun.push(n)}`,
        () => 'full',
      );
    expect(await Promise.all([1, 2, 3].map(take))).toEqual(['full', 'full', 'full']);
    const waiting = take(4);
    end();
    expect([await hanging, await waiting, await take(5)]).toEqual(['at last', '1', '2']);
    expect(begun).toEqual([4, 5]);
  });
});
