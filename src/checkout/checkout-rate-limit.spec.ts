import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Subject } from 'rxjs';
import type { OutcomeNewsItem } from '../purchases/outcome-news.js';
import { CheckoutRateLimit } from './checkout-rate-limit.js';

describe('CheckoutRateLimit', () => {
  let items: Subject<OutcomeNewsItem>;
  let limit: CheckoutRateLimit;

  beforeEach(() => {
    jest.useFakeTimers({ now: 1_700_000_000_000 });
    items = new Subject();
    limit = new CheckoutRateLimit({ items }, { checkoutsPerMinute: 10 });
  });

  afterEach(() => {
    limit.onModuleDestroy();
    jest.useRealTimers();
  });

  const take = (times: number, ...keys: string[]) =>
    Array.from({ length: times }, () => limit.take(keys)).at(-1);

  it('lets ten pass and then names the seconds until the first is a minute old', () => {
    expect(take(10, 'a')).toBeUndefined();
    jest.advanceTimersByTime(20_000);
    expect(take(1, 'a')).toBe(40);
    jest.advanceTimersByTime(40_000);
    expect(take(1, 'a')).toBeUndefined();
  });

  it('counts each key for itself and stops when one is used up', () => {
    take(10, 'address 1', 'session 1');
    expect(take(1, 'address 1', 'session 2')).toBe(60);
    expect(take(1, 'address 2', 'session 1')).toBe(60);
    expect(take(1, 'address 2', 'session 2')).toBeUndefined();
  });

  it('takes nothing from anybody for an attempt it stops', () => {
    take(10, 'address 1');
    take(50, 'address 1', 'session 2');
    jest.advanceTimersByTime(60_000);
    expect(take(10, 'address 1', 'session 2')).toBeUndefined();
  });

  it('takes a second point for a decline that comes later, once', () => {
    take(9, 'a');
    limit.remember('ref', ['a']);
    items.next({ reference: 'ref', outcome: 'failed' });
    items.next({ reference: 'ref', outcome: 'failed' });
    expect(take(1, 'a')).toBe(60);
    jest.advanceTimersByTime(60_000);
    expect(take(10, 'a')).toBeUndefined();
  });

  it('takes nothing for a success', () => {
    take(9, 'a');
    limit.remember('ref', ['a']);
    items.next({ reference: 'ref', outcome: 'succeeded' });
    expect(take(1, 'a')).toBeUndefined();
  });
});
